import { ApiProblem } from "../../../src/client.ts";

/** The tracker refused one of many, or was lost: those before it are changed. */
export class PartlyDone extends ApiProblem {
  readonly done: number;

  constructor(done: number, of: number, { status, message, field }: ApiProblem) {
    // What the API says of credentials is for programs.
    const reason = status === 401 ? "" : ` ${message}`;
    super(status, `${done} of ${of} games changed.${reason}`, field);
    this.done = done;
  }
}

/** How many were changed before something failed. */
export function doneBefore(error: unknown): number {
  return error instanceof PartlyDone ? error.done : 0;
}

/** Sends one after another; where one of several fails, the error says how many went before it. */
export async function inTurn<T>(
  items: readonly T[],
  send: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const [index, item] of items.entries()) {
    try {
      await send(item);
    } catch (error) {
      if (items.length === 1 || !(error instanceof ApiProblem)) throw error;
      throw new PartlyDone(index, items.length, error);
    }
  }
}
