import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { ApiProblem, isSignedOut } from "../data/client.ts";
import { withLocalTimes } from "../data/problem-words.ts";
import { useTimeZone } from "../data/status.ts";
import { Button, type ButtonProps } from "./button.tsx";

/** What stands at a field, named as the API names it: `/steam_id`; undefined where it is not to blame. */
export type ProblemAt = (field: string) => string | undefined;

interface FormProps {
  /** Sends the form to the tracker. If it throws, the error is shown and the form stays as it is. */
  readonly send: (form: FormData) => Promise<unknown>;
  /** What the button says. */
  readonly submit: string;
  /** What it says while the answer is awaited. */
  readonly sending?: string;
  readonly look?: ButtonProps["look"];
  readonly disabled?: boolean;
  readonly onCancel?: () => void;
  readonly cancel?: string;
  readonly children: (problemAt: ProblemAt) => ReactNode;
}

/**
 * A form whose answer is awaited: it is sent once, however often its button is pressed, and where it is refused nothing that was
 * typed is lost and the reason stands at the field to blame, or above the buttons.
 */
export function Form({ send, submit, sending, look, disabled, onCancel, ...rest }: FormProps) {
  const zone = useTimeZone();
  const isSent = useRef(false);
  const [isWaiting, setIsWaiting] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The button appears disabled only a moment after the press.
    if (isSent.current) return;
    isSent.current = true;
    setIsWaiting(true);
    try {
      await send(new FormData(event.currentTarget));
      setProblem(undefined);
    } catch (error) {
      // Whoever has to sign in again is told so, and finds the form as it was.
      if (isSignedOut(error)) return;
      setProblem(error instanceof Error ? error : new Error(String(error)));
    } finally {
      isSent.current = false;
      setIsWaiting(false);
    }
  };
  let stands = false;
  const problemAt: ProblemAt = (field) => {
    if (!(problem instanceof ApiProblem) || problem.field?.endsWith(field) !== true)
      return undefined;
    stands = true;
    // The field's name stands right above.
    return withLocalTimes(problem.message, zone).replace(/^[^:]+: expected/, "Expected");
  };
  const fields = rest.children(problemAt);
  return (
    <form onSubmit={(event) => void onSubmit(event)} className="grid gap-4">
      {fields}
      {problem !== undefined && !stands && (
        <p role="alert" className="rounded-md bg-bad-soft p-3 text-bad">
          {withLocalTimes(problem.message, zone)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        {onCancel !== undefined && <Button onClick={onCancel}>{rest.cancel ?? "Cancel"}</Button>}
        <Button type="submit" look={look ?? "primary"} disabled={isWaiting || disabled === true}>
          {isWaiting ? (sending ?? submit) : submit}
        </Button>
      </div>
    </form>
  );
}
