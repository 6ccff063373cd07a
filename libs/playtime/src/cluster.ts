import { reachOf, settingsOf, sortRows } from "./claim.ts";
import type { PlacementOptions, PlayRow, PresenceInterval } from "./evidence.ts";

/** Rows and presence that can influence each other's placement. All their sessions lie in [from, to]; `to` is Infinity while presence is open. */
export interface PlacementCluster<Row extends PlayRow = PlayRow> {
  readonly rows: readonly Row[];
  readonly presence: readonly PresenceInterval[];
  readonly from: number;
  readonly to: number;
}

/** A row or an interval, with the time that it can influence. */
interface Extent<Row extends PlayRow> {
  readonly from: number;
  readonly to: number;
  readonly row: Row | null;
  readonly interval: PresenceInterval | null;
}

/**
 * Cuts one game's evidence into independent groups, oldest first: placing them one by one equals placing all at once, so a new row or
 * look at Steam concerns only the group that holds it. Groups are more than `joinMs` apart, so no sitting spans two; a row whose
 * minutes may be older than its window (offline play) stays with the row before it.
 */
export function splitIntoClusters<Row extends PlayRow>(
  rows: readonly Row[],
  presence: readonly PresenceInterval[],
  options: PlacementOptions,
): PlacementCluster<Row>[] {
  const { joinMs } = settingsOf(options);
  const extents = extentsOf(rows, presence, options).sort((a, b) => a.from - b.from);
  const clusters: { rows: Row[]; presence: PresenceInterval[]; from: number; to: number }[] = [];
  for (const { from, to, row, interval } of extents) {
    const last = clusters.at(-1);
    let cluster = last;
    if (cluster === undefined || from - cluster.to > joinMs) {
      cluster = { rows: [], presence: [], from, to };
      clusters.push(cluster);
    }
    cluster.to = Math.max(cluster.to, to);
    if (row !== null) cluster.rows.push(row);
    if (interval !== null) cluster.presence.push(interval);
  }
  return clusters;
}

function extentsOf<Row extends PlayRow>(
  rows: readonly Row[],
  presence: readonly PresenceInterval[],
  options: PlacementOptions,
): Extent<Row>[] {
  const settings = settingsOf(options);
  const sorted = sortRows(rows);
  const ofRows = sorted.map((row, index) => ({
    from: reachOf(row, sorted[index - 1], settings),
    to: row.observedAt,
    row,
    interval: null,
  }));
  const ofPresence = presence.map((interval) => ({
    from: Math.min(interval.notBefore, interval.startedAt),
    to: interval.notAfter ?? Infinity,
    row: null,
    interval,
  }));
  return [...ofRows, ...ofPresence];
}
