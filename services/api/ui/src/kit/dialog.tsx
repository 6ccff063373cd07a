import { X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { IconButton } from "./button.tsx";
import { DiscardQuestion } from "./discard-question.tsx";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const FIELD = "input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled)";

/**
 * A modal dialog, open for as long as it is rendered: the browser's own, which keeps the focus inside, in its first field, and closes
 * with Escape. It asks before it takes what was typed in a form along.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const before = useRef<Element>(null);
  const untouched = useRef<string>(null);
  const isShown = useRef(false);
  const [asks, setAsks] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    before.current ??= document.activeElement;
    untouched.current ??= typedIn(element);
    element?.showModal();
    isShown.current = true;
    // Of itself the browser takes the first button, which closes what was just opened.
    element?.querySelector<HTMLElement>(FIELD)?.focus();
    return () => {
      isShown.current = false;
      element?.close();
      if (before.current instanceof HTMLElement) before.current.focus();
    };
  }, []);
  const isTouched = () => {
    const typed = typedIn(dialog.current);
    return typed !== "" && typed !== untouched.current;
  };
  const leave = () => (isTouched() ? setAsks(true) : onClose());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !isTouched()) return;
    // Pressed twice, the browser would close it without asking anybody.
    event.preventDefault();
    setAsks(!asks);
  };
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      onClose={() => {
        // A phone's way back, taken twice, does not ask.
        if (isShown.current && dialog.current?.open === false) onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) leave();
      }}
      className="m-auto max-h-[min(90dvh,48rem)] w-[min(36rem,calc(100vw-2rem))] overflow-auto rounded-lg border border-line bg-raised p-0 text-ink backdrop:bg-black/50"
    >
      <div className="p-5">
        <div className="mb-4 flex items-start justify-between gap-4">
          <h2 id={id} title={title} className="line-clamp-3 text-lg font-semibold">
            {title}
          </h2>
          <IconButton label="Close" onClick={leave} className="-m-2">
            <X className="size-5" aria-hidden="true" />
          </IconButton>
        </div>
        {children}
      </div>
      {asks && <DiscardQuestion keep={() => setAsks(false)} discard={onClose} />}
    </dialog>
  );
}

/** What its forms would send; a field without a name is none of them. */
function typedIn(element: HTMLElement | null): string {
  const forms = [...(element?.querySelectorAll("form") ?? [])];
  const fields = forms.flatMap((form) => Array.from(new FormData(form)));
  return fields.length === 0 ? "" : JSON.stringify(fields);
}
