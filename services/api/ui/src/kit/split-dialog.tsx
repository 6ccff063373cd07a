import type { Session } from "@tracker/contracts";
import { useCorrect } from "../data/session-edits.ts";
import { useTimeZone } from "../data/status.ts";
import { Dialog } from "./dialog.tsx";
import { textOf, TextField } from "./field.tsx";
import { Form } from "./form.tsx";
import { clock } from "./format.ts";
import { instantOf, localOf } from "./local-time.ts";

interface SplitDialogProps {
  readonly session: Session;
  readonly endedAt: string;
  readonly onClose: () => void;
}

/** Where one session became another: in its middle unless one says when. */
export function SplitDialog({ session, endedAt, onClose }: SplitDialogProps) {
  const zone = useTimeZone();
  const correct = useCorrect({ inForm: true });
  const middle = new Date((Date.parse(session.started_at) + Date.parse(endedAt)) / 2);
  const split = async (form: FormData) => {
    const at = instantOf(textOf(form, "at"), zone);
    await correct.mutateAsync({ kind: "split", id: session.id, at });
    onClose();
  };
  return (
    <Dialog title={`Split ${session.title}`} onClose={onClose}>
      <Form send={split} submit="Split" onCancel={onClose}>
        {(problemAt) => (
          <TextField
            label={`The second begins (${zone})`}
            name="at"
            type="datetime-local"
            required
            defaultValue={localOf(middle.toISOString(), zone)}
            hint={`Between ${clock(session.started_at, zone)} and ${clock(endedAt, zone)}. Its minutes are shared by the length of the two.`}
            problem={problemAt("/at")}
          />
        )}
      </Form>
    </Dialog>
  );
}
