const ASCII_ONLY = /^[\0-\x7f]*$/;
/** Accents and other marks of European scripts, once NFKD has set them apart from their letters; but for U+0345, whose capital is a letter. */
const MARKS = /[\u0300-\u0344\u0346-\u036f]/g;

/** A text as searching, sorting and telling tags apart see it: without case and accents, in every script ("Éclair" is "eclair"). */
export function fold(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toUpperCase();
  return text.normalize("NFKD").replaceAll(MARKS, "").toUpperCase();
}
