import { invalid } from "./invalid.ts";

/** Epoch milliseconds, as the database keeps instants, in the form in which they travel. */
export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

export function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : instantOf(ms);
}

/** An instant as it stands in the name of a file, to the second: 20261120T093000Z. */
export function fileStamp(ms: number): string {
  return instantOf(ms).replaceAll(/[-:]|\.\d+/g, "");
}

/** Epoch milliseconds of an instant that was sent; INVALID for one that no calendar has, such as February 30. */
export function readInstant(text: string, field: string): number {
  const ms = Date.parse(text);
  // Date.parse takes the 30th of February for the 1st of March.
  if (!Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 19) === text.slice(0, 19)) return ms;
  throw invalid(field, "an instant that exists", text);
}
