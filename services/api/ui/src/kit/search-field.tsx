import { useEffect, useRef, useState } from "react";
import { TextField } from "./field.tsx";

const TYPING_MS = 150;

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Called when typing pauses, for slow consumers such as the address. */
  readonly change: (text: string) => void;
  /** Called on every letter. */
  readonly typed?: (text: string) => void;
}

/** Finds as one types. */
export function SearchField({ label, placeholder, value, change, typed }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const said = useRef(value);
  const write = (next: string) => {
    setText(next);
    typed?.(next);
  };
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    setText(value);
    typed?.(value);
  }, [value, typed]);
  useEffect(() => {
    if (text === said.current) return undefined;
    const timer = setTimeout(() => {
      said.current = text;
      change(text);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, change]);
  return (
    <TextField
      label={label}
      type="search"
      placeholder={placeholder}
      value={text}
      maxLength={200}
      onChange={(event) => write(event.target.value)}
    />
  );
}
