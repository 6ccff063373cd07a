import { X } from "lucide-react";
import { Button, IconButton } from "../kit/button.tsx";
import { classes } from "../kit/classes.ts";
import { dismiss, useNotices } from "../kit/notice.ts";

const TONES = { plain: "border-line", good: "border-good", bad: "border-bad" } as const;

export function Notices() {
  const notices = useNotices();
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-4 bottom-20 z-50 mx-auto flex max-w-md flex-col gap-2 lg:right-6 lg:bottom-6 lg:left-auto lg:w-96 print:hidden"
    >
      {notices.map(({ id, text, tone = "plain", undo }) => (
        <div
          key={id}
          className={classes(
            "pointer-events-auto flex items-center gap-2 rounded-md border-l-4 bg-raised py-1 pr-1 pl-4 shadow-lg ring-1 ring-line",
            TONES[tone],
          )}
        >
          <p className="min-w-0 flex-1 py-2 break-words">{text}</p>
          {undo !== undefined && (
            <Button
              look="quiet"
              size="small"
              onClick={() => {
                dismiss(id);
                undo();
              }}
            >
              Undo
            </Button>
          )}
          <IconButton label="Dismiss" onClick={() => dismiss(id)}>
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
