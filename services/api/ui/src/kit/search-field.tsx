import { useEffect, useRef, useState } from "react";
import { TextField } from "./field.tsx";

const TYPING_MS = 150;

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly change: (text: string) => void;
}

/** Finds as one types: what it tells (such as the address) follows when one pauses. */
export function SearchField({ label, placeholder, value, change }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const said = useRef(value);
  useEffect(() => {
    if (value === said.current) return;
    said.current = value;
    setText(value);
  }, [value]);
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
      onChange={(event) => setText(event.target.value)}
    />
  );
}
