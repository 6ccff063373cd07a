import type { Database as Sqlite } from "bun:sqlite";

const ASCII_ONLY = /^[\0-\x7f]*$/;
/** Accents and other marks of European scripts, once NFKD has set them apart from their letters; but for U+0345, whose capital is a letter. */
const MARKS = /[\u0300-\u0344\u0346-\u036f]/g;

/** A text as searching, sorting and telling tags apart see it: without case and accents, in every script ("Éclair" is "eclair"). */
export function fold(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toUpperCase();
  return text.normalize("NFKD").replaceAll(MARKS, "").toUpperCase();
}

/**
 * Gives SQL the function `fold(text)`: SQLite's own lower() and NOCASE know only ASCII. Computed per row (0.4 µs) rather
 * than kept in a column, which every writer of a title would have to keep in step.
 */
export function defineFold(raw: Sqlite): void {
  raw.function("fold", { deterministic: true }, (text: unknown) =>
    typeof text === "string" ? fold(text) : null,
  );
}
