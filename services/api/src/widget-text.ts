/** Text in a picture whose font is unknown: its greatest possible width, and how much of it fits. */

/** Wide as their height: Chinese, Japanese, Korean, emoji and what else is drawn in a square. */
const SQUARE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
/** What a character of a kind takes of the font's size: the widest of its kind in the bold of a wide system font, the first kind that fits. */
const SHARES: readonly (readonly [RegExp, number])[] = [
  [SQUARE, 1.05],
  // One character of four Arabic words.
  [/\ufdfd/, 12],
  [/^\s/, 0.36],
  [/^[MW]/, 1.12],
  [/^[mw]/, 1.06],
  [/^[fijlrtI.,:;'!|()[\]/-]/, 0.54],
  [/^\d/, 0.71],
  [/^(?=\p{Lu})[\p{Script=Latin}\p{Script=Greek}]/u, 0.86],
  [/^[\p{Script=Latin}\p{Script=Greek}]/u, 0.73],
];
const OTHER_SHARE = 1.02;
const ELLIPSIS = "…";

/** Escapes what XML must not hold as text or in an attribute; characters that XML has no place for are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}]|\ufffe|\uffff/gu, " ")
    .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** The text, or as much of its beginning as surely fits into a width, with an ellipsis. Never tears what is read as one character. */
export function fitText(text: string, fontSize: number, widthMax: number): string {
  const parts = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const room = widthMax / fontSize;
  if (widthOf(parts) <= room) return text;
  let width = shareOf(ELLIPSIS);
  const kept: string[] = [];
  for (const part of parts) {
    width += widthOf([part]);
    if (width > room) break;
    kept.push(part);
  }
  return `${kept.join("").trimEnd()}${ELLIPSIS}`;
}

function widthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + shareOf(part), 0);
}

function shareOf(part: string): number {
  return SHARES.find(([kind]) => kind.test(part))?.[1] ?? OTHER_SHARE;
}
