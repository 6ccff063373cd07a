import type { PlacementOptions, PlayRow, PresenceInterval } from "./evidence.ts";

/** Rows and presence that can influence each other's placement. All their sessions lie in [from, to]; `to` is Infinity while presence is open. */
export interface PlacementCluster<Row extends PlayRow = PlayRow> {
  readonly rows: readonly Row[];
  readonly presence: readonly PresenceInterval[];
  readonly from: number;
  readonly to: number;
}

/** Cuts one game's evidence into independent groups, oldest first: placing them one by one equals placing all at once. */
export function splitIntoClusters<Row extends PlayRow>(
  rows: readonly Row[],
  presence: readonly PresenceInterval[],
  options: PlacementOptions,
): PlacementCluster<Row>[] {
  throw new Error(`not written yet: ${rows.length} ${presence.length} ${options.calendar.zone}`);
}
