import type { Claim } from "./claim.ts";
import { extentOf, type PresenceEvidence, presenceAt, type Stretch } from "./presence.ts";
import { MINUTE_MS, type Slot, slotMiddle } from "./slot.ts";

const DISTANCE_MAX = 99_999;
/** The classes lie so far apart that no sum of distances inside one outweighs a step to the next within a single minute. */
const MARGIN_COST = 100_000;
const ANCHOR_COST = 200_000;
const AFTER_ANCHOR_COST = 100_000;
const CARRIED_COST = 300_000;

/** What one slot costs a claim, and what placing a minute there rests on. */
export interface Weight {
  readonly cost: number;
  readonly precision: "presence" | "last_played" | "poll";
  /** The presence it rests on, if any. */
  readonly stretch: Stretch | null;
}

/**
 * The cost of giving a slot to a claim, cheapest class first; null where the claim may not have it.
 * - Seen in game: late first before Steam's last played, which is exact to the second; where Steam gives no date, earliest first,
 *   because its totals lag and presence does not.
 * - Next to it, where nobody looked: near first.
 * - Before the anchor (last played, else the sample): late first.
 * - After Steam's last played, or carried from before the window: only when nothing else is left. Where Steam dates the play after the
 *   last look that saw it, the open end of the presence says no more.
 */
export function weigh(claim: Claim, slot: Slot, stretches: readonly Stretch[]): Weight | null {
  const { anchor } = claim;
  const evidence = presenceAt(slot, stretches);
  const dated = anchor?.kind === "last_played";
  const late = dated && slot >= anchor.end;
  const extra = (late ? AFTER_ANCHOR_COST : 0) + (slot === claim.first ? CARRIED_COST : 0);
  if (evidence !== null && late && isDatedSinceSeen(claim, evidence)) {
    return {
      cost: ANCHOR_COST + extra + near(slot - anchor.end),
      precision: evidence.near ? "presence" : "poll",
      stretch: evidence.stretch,
    };
  }
  if (evidence !== null && !isOfEarlierSitting(claim, evidence)) {
    const close = evidence.kind === "seen" || evidence.near;
    const precision = close ? "presence" : "poll";
    if (close && dated && !late) {
      return { cost: extra + near(anchor.end - 1 - slot), precision, stretch: evidence.stretch };
    }
    const base = evidence.kind === "seen" || isLikelyStart(slot, evidence) ? 0 : MARGIN_COST;
    return { cost: base + extra + near(evidence.distance), precision, stretch: evidence.stretch };
  }
  if (anchor === null) return null;
  // Only the continuation of a sitting has slots after its sample anchor; prefer the earliest.
  const behind = !dated && slot >= anchor.end ? AFTER_ANCHOR_COST : 0;
  const distance = slot < anchor.end ? anchor.end - 1 - slot : slot - anchor.end;
  const precision = dated && !late ? "last_played" : "poll";
  return { cost: ANCHOR_COST + extra + behind + near(distance), precision, stretch: null };
}

/**
 * A game first seen at a look probably started halfway since the previous look; starting there keeps the minutes before a
 * midnight right to one.
 */
function isLikelyStart(slot: Slot, evidence: PresenceEvidence & { kind: "margin" }): boolean {
  return !evidence.after && slotMiddle(slot) >= extentOf(evidence.stretch).start;
}

/** The slot lies where nobody looked, after a stretch of which Steam itself tells how far it went. */
function isDatedSinceSeen(
  claim: Claim,
  evidence: PresenceEvidence,
): evidence is PresenceEvidence & { kind: "margin" } {
  if (evidence.kind !== "margin" || !evidence.after || claim.row.lastPlayedAt === null)
    return false;
  return claim.row.lastPlayedAt >= evidence.stretch.lastSeenAt;
}

function near(distance: number): number {
  return Math.min(distance, DISTANCE_MAX);
}

/** Steam dates the row's play after a stretch was over, and the stretch ended it or was counted already: the minutes are another sitting's. */
function isOfEarlierSitting(claim: Claim, evidence: PresenceEvidence): boolean {
  if (!isPlayedBeyond(claim, evidence.stretch)) return false;
  if (evidence.kind === "margin" && evidence.after) return true;
  return claim.row.previousObservedAt >= evidence.stretch.notAfter;
}

/** Whether Steam dates the row's play after a stretch was over. */
export function isPlayedBeyond({ anchor, row }: Claim, { notAfter }: Stretch): boolean {
  if (anchor?.kind !== "last_played" || row.lastPlayedAt === null) return false;
  return row.lastPlayedAt > notAfter + MINUTE_MS;
}
