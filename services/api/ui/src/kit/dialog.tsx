import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./button.tsx";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const FIELD = "input:not([type=hidden], :disabled), select:not(:disabled), textarea:not(:disabled)";

/** A modal dialog, open for as long as it is rendered: the browser's own, which keeps the focus inside, in its first field, and closes with Escape. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    element?.showModal();
    // Of itself the browser takes the first button, which closes what was just opened.
    element?.querySelector<HTMLElement>(FIELD)?.focus();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      className="m-auto max-h-[min(90dvh,48rem)] w-[min(36rem,calc(100vw-2rem))] overflow-auto rounded-lg border border-line bg-raised p-0 text-ink backdrop:bg-black/50"
    >
      <div className="p-5">
        <div className="mb-4 flex items-start justify-between gap-4">
          <h2 id={id} title={title} className="line-clamp-3 text-lg font-semibold">
            {title}
          </h2>
          <IconButton label="Close" onClick={onClose} className="-m-2">
            <X className="size-5" aria-hidden="true" />
          </IconButton>
        </div>
        {children}
      </div>
    </dialog>
  );
}
