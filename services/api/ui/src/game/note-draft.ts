/** What was typed of a note and the tracker does not hold yet. */

export interface NoteDraft {
  readonly text: string;
  /** What the tracker held where the typing began. */
  readonly base: string;
}

/** The longest that the tracker keeps, as GameEdits says. */
export const NOTE_LENGTH_MAX = 20_000;

/** What a browser sends of a page that is being left is limited to 64 KiB. */
const SENT_BYTES_MAX = 60_000;

/**
 * A draft that meets what the tracker holds now: one that nobody has touched follows, and so does one that says the same. What was
 * typed stays as it is, with its base, where the note was changed elsewhere meanwhile: which of the two stays is for a person to say.
 */
export function meet(draft: NoteDraft, told: string): NoteDraft {
  if (told === draft.base) return draft;
  const follows = draft.text === draft.base || draft.text === told;
  return follows ? { text: told, base: told } : draft;
}

/** The change that saves a draft, and nothing where the note says something else than its base by now. */
export function patchOf({ text, base }: NoteDraft) {
  return { notes: text === "" ? null : text, notes_before: base };
}

/** Whether a page that is being left can still send it. */
export function fitsLastMessage(draft: NoteDraft): boolean {
  return new TextEncoder().encode(JSON.stringify(patchOf(draft))).length <= SENT_BYTES_MAX;
}
