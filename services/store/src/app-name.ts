import { fold } from "./fold.ts";

/** Scripts without spaces between words: each of their characters begins one. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const RUNS = new RegExp(
  `(?<unspaced>[${UNSPACED}]+)|(?<word>(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+)|(?<signs>[^\\p{L}\\p{N}\\p{M}\\s]+)`,
  "gu",
);
/** Their compatibility forms are letters ("TM"), which nobody types. */
const LEGAL_SIGNS = /[™®©℠]/g;
// oxlint-disable-next-line no-control-regex -- a control character is what this removes.
const CONTROLS = /[\0-\x1f\x7f\ud800-\udfff]/g;
/** Only the longest words are looked for, this many: they identify a name, and each further word costs a millisecond. */
const WORDS_MAX = 6;
const NAME_KEY_LENGTH = 40;
/** Before every word, so that the trigrams of its first one or two letters are unlike any within a word. */
const BEGIN = "  ";
const TRIGRAM = 3;

interface Run {
  readonly text: string;
  readonly kind: "unspaced" | "word" | "signs";
}

/** A name as the full-text index keeps it: folded, and each word after two spaces. */
export function searchTextOf(name: string): string {
  return runsOf(name).map(indexed).join("");
}

/**
 * The question to the full-text index for what somebody typed: each of its longest words must be there, as a part of a word when it
 * has three letters, as the beginning of one when it has fewer. Signs count only where there is nothing else. Null for an empty text.
 */
export function nameQueryOf(text: string): string | null {
  const phrases = phrasesOf(text).map((phrase) => `"${phrase.replaceAll('"', '""')}"`);
  return phrases.length === 0 ? null : phrases.join(" AND ");
}

/** Whether the index would find that name, for rows that are looked at anyway. */
export function nameMatcher(text: string): (name: string) => boolean {
  const phrases = phrasesOf(text);
  return (name) => {
    const words = searchTextOf(name);
    return phrases.every((phrase) => words.includes(phrase));
  };
}

/** What names are sorted by: without case, accents and length. */
export function nameKeyOf(name: string): string {
  return fold(name.trim()).slice(0, NAME_KEY_LENGTH);
}

function phrasesOf(text: string): string[] {
  const runs = runsOf(text);
  const words = runs.filter(({ kind }) => kind !== "signs");
  const phrases = new Set((words.length > 0 ? words : runs).map(phraseOf));
  return [...phrases].toSorted((a, b) => b.length - a.length).slice(0, WORDS_MAX);
}

function phraseOf(run: Run): string {
  if (run.kind === "unspaced") return indexed(run);
  return Array.from(run.text).length < TRIGRAM ? `${BEGIN}${run.text}` : run.text;
}

function indexed({ kind, text }: Run): string {
  if (kind !== "unspaced") return BEGIN + text;
  return Array.from(text, (character) => BEGIN + character).join("");
}

function runsOf(text: string): Run[] {
  const folded = fold(text.replaceAll(LEGAL_SIGNS, "").toWellFormed().replaceAll(CONTROLS, " "));
  return [...folded.matchAll(RUNS)].map(({ 0: found, groups }) => ({
    text: found,
    kind: groups?.["unspaced"] ? "unspaced" : groups?.["word"] ? "word" : "signs",
  }));
}
