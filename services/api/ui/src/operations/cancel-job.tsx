import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";

interface CancelJobProps {
  readonly name: string;
  readonly onClose: () => void;
  readonly onCancel: () => void;
}

/** A cancelled job does not go on any more, unlike a paused one: that is asked about. */
export function CancelJob({ name, onClose, onCancel }: CancelJobProps) {
  return (
    <Dialog title={`Cancel ${name}?`} onClose={onClose}>
      <p className="mb-4">
        What it has done stays; the rest is left until another is started. A paused one can go on
        later instead.
      </p>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Let it be</Button>
        <Button look="danger" onClick={onCancel}>
          Cancel the job
        </Button>
      </div>
    </Dialog>
  );
}
