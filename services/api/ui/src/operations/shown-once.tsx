import { useRef } from "react";
import { Button } from "../kit/button.tsx";
import { copyText } from "../kit/copy-text.ts";
import { Dialog } from "../kit/dialog.tsx";
import { TextField } from "../kit/field.tsx";

/** What is shown, and the sentence that says what it is for. */
export interface ShownOnceProps {
  readonly title: string;
  readonly label: string;
  readonly secret: string;
  readonly children: string;
  readonly onClose: () => void;
}

/** Shows a new secret, to be copied now or never. */
export function ShownOnce({ title, label, secret, children, onClose }: ShownOnceProps) {
  const shown = useRef<HTMLDivElement>(null);
  return (
    <Dialog title={title} onClose={onClose}>
      <p className="mb-3">{children}</p>
      <div ref={shown}>
        <TextField
          label={label}
          readOnly
          value={secret}
          onFocus={(event) => event.target.select()}
          className="font-mono"
        />
      </div>
      <div className="mt-4 flex justify-end gap-2">
        <Button
          onClick={() => void copyText(secret, shown.current?.querySelector("input") ?? null)}
        >
          Copy
        </Button>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  );
}
