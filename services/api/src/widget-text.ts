/** Text in a picture whose font nobody knows beforehand: how wide it is at most, and what of it fits. */

/** Wide as their height: Chinese, Japanese, Korean, emoji and what else is drawn in a square. */
const SQUARE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;
const SQUARE_SHARE = 1.05;
/** Of the font's size: an average of letters in bold system fonts, rounded up. */
const LETTER_SHARE = 0.62;
const WIDE_LETTER_SHARE = 0.92;

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
  let width = LETTER_SHARE;
  const kept: string[] = [];
  for (const part of parts) {
    width += widthOf([part]);
    if (width > room) break;
    kept.push(part);
  }
  return `${kept.join("").trimEnd()}…`;
}

function widthOf(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + shareOf(part), 0);
}

function shareOf(part: string): number {
  if (SQUARE.test(part)) return SQUARE_SHARE;
  return /[MWmw@%]|\p{Script=Arabic}|\p{Script=Devanagari}|\p{Script=Thai}/u.test(part)
    ? WIDE_LETTER_SHARE
    : LETTER_SHARE;
}
