export const MINUTE_MS = 60_000;

/** Time is placed in slots: slot n is the UTC minute [n × 60 s, (n + 1) × 60 s). Every zone's days begin on one. */
export type Slot = number;

export function slotStart(slot: Slot): number {
  return slot * MINUTE_MS;
}

export function slotEnd(slot: Slot): number {
  return slotStart(slot) + MINUTE_MS;
}

/** The instant that stands for a slot where presence, which is not minute-aligned, is asked about it. */
export function slotMiddle(slot: Slot): number {
  return slotStart(slot) + MINUTE_MS / 2;
}

/** The first slot that lies wholly after an instant. */
export function firstSlotAfter(instant: number): Slot {
  return Math.ceil(instant / MINUTE_MS);
}

/** The end (exclusive) of the slots that lie wholly before an instant. */
export function endSlotBefore(instant: number): Slot {
  return Math.floor(instant / MINUTE_MS);
}
