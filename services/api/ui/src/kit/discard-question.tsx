import { useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";

interface DiscardQuestionProps {
  readonly keep: () => void;
  readonly discard: () => void;
}

/** Stands at the foot of a dialog that is about to be closed over what was typed; the focus goes back where it was. */
export function DiscardQuestion({ keep, discard }: DiscardQuestionProps) {
  const id = useId();
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    question.current?.querySelector("button")?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <div
      ref={question}
      role="alertdialog"
      aria-labelledby={id}
      className="sticky bottom-0 flex flex-wrap items-center justify-between gap-2 border-t border-line bg-warn-soft px-5 py-3 text-warn"
    >
      <p id={id} className="font-medium">
        Discard what was typed?
      </p>
      <span className="flex gap-2">
        <Button onClick={keep}>Keep editing</Button>
        <Button look="danger" onClick={discard}>
          Discard
        </Button>
      </span>
    </div>
  );
}
