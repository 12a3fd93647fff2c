/** Words count up to so many UTF-16 units, in texts and in queries: what is longer is not a word of a language. */
export const MAX_WORD = 128;

const ASCII = /^[\0-\x7f]*$/;
const MARKS = /\p{M}+/gu;
const RUN = /[\p{L}\p{N}]+/gu;
/** Scripts without spaces between words: each of their letters counts as a word, and a query of several as a phrase. */
const UNSPACED = "\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmr}\\p{sc=Mymr}";
const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");
const PARTS = new RegExp(`[${UNSPACED}]|[^${UNSPACED}]+`, "gu");

/**
 * A text as search compares it: letters of one form (NFKD) and in lower case, without marks, so that `É`, `é` and `e` are the
 * same. Normalizing it again changes nothing.
 */
export function normalized(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const lower = text.normalize("NFKD").replace(MARKS, "").toLowerCase().normalize("NFKD").replace(MARKS, "");
  // The sigma at the end of a word.
  return lower.replaceAll("ς", "σ");
}

/** The words of a normalized text, in its order: letters and digits without anything between them. */
export function wordsOf(text: string): string[] {
  const runs = text.match(RUN) ?? [];
  if (ASCII.test(text)) return runs.map(cut);
  return runs.flatMap((run) => (HAS_UNSPACED.test(run) ? (run.match(PARTS) ?? []) : run)).map(cut);
}

const FIRST = new RegExp(`^(?:[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+)`, "u");

/** The word that a normalized text begins with, in its whole length; empty where it does not begin with one. */
export function firstWord(text: string): string {
  return FIRST.exec(text)?.[0] ?? "";
}

function cut(word: string): string {
  if (word.length <= MAX_WORD) return word;
  const end = (word.charCodeAt(MAX_WORD - 1) & 0xfc00) === 0xd800 ? MAX_WORD - 1 : MAX_WORD;
  return word.slice(0, end);
}
