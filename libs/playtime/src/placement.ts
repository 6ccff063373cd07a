import type { PlacedSession, PlacementOptions, PlayRow, PresenceInterval } from "./evidence.ts";

/** Turns one game's play rows and presence into sessions, oldest first; their minutes add up to the rows' minutes. */
export function placeSessions(
  rows: readonly PlayRow[],
  presence: readonly PresenceInterval[],
  options: PlacementOptions,
): PlacedSession[] {
  throw new Error(`not written yet: ${rows.length} ${presence.length} ${options.calendar.zone}`);
}
