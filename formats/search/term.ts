import type { TextTerm } from "#contract/query/tree";
import { nameOf, type SearchText } from "./text";
import { wordsOf } from "./words";

/** What a term is compared with. */
export interface ParsedTerm {
  /** Its words, of which the last may be the beginning of one. */
  words: string[];
  isPrefix: boolean;
  /** A part of a name: three letters or digits in a row are found within words, too. Null for none. */
  part: string | null;
}

/** Terms as search understands them, each once. */
export function parseTerms(terms: readonly TextTerm[]): ParsedTerm[] {
  return [...new Map(terms.map(parseTerm).map((term) => [JSON.stringify(term), term])).values()];
}

const LONG_ENOUGH = /[\p{L}\p{N}]{3}/u;

/**
 * A term as search understands it. `rain` is a word in content, or any part of a key, title, description or name of a
 * column; so is `rain*`, as the beginning of words in content. A phrase, as anything that has several words, is found where
 * they follow each other in one text, cell or value.
 */
export function parseTerm({ text, kind }: TextTerm): ParsedTerm {
  const name = nameOf(text);
  return {
    words: wordsOf(name),
    isPrefix: kind === "prefix",
    part: kind !== "phrase" && LONG_ENOUGH.test(name) ? name : null,
  };
}

/** Whether a text has a term, as the tables of search are asked for it. */
export function termIsIn({ words, isPrefix, part }: ParsedTerm, text: Pick<SearchText, "words" | "names">): boolean {
  const spaced = ` ${text.words.replaceAll("\n", " \n ")} `;
  const inWords = words.length > 0 && spaced.includes(` ${words.join(" ")}${isPrefix ? "" : " "}`);
  return inWords || (part !== null && text.names.includes(part));
}
