import type { Pace } from "../steps";
import type { ParsedTerm } from "./term";
import { firstWord, normalized, wordsOf } from "./words";

/** The offsets in UTF-16 code units where a match begins and ends. */
export type Mark = [from: number, to: number];

/** As how many characters a look for a term in a text of any length counts. */
const LOOK = 16;
/** How much of a word is read: of longer ones no more is marked. */
const MAX_READ = 2_000;

const ASCII = /^[\0-\x7f]*$/;

/** A normalized text, and for each unit of it the offset of the character that it comes from. */
interface Traced {
  text: string;
  from: (at: number) => number;
  to: (at: number) => number;
}

function* traced(original: string, pace: Pace): Generator<void, Traced> {
  if (ASCII.test(original)) return { text: original.toLowerCase(), from: (at) => at, to: (at) => at };
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  let at = 0;
  for (const character of original) {
    if (pace.isDue(character.length)) yield;
    const part = normalized(character);
    // A mark belongs to the letter before.
    if (part === "" && ends.length > 0) ends[ends.length - 1] = at + character.length;
    for (let unit = 0; unit < part.length; unit += 1) {
      starts.push(at);
      ends.push(at + character.length);
    }
    text += part;
    at += character.length;
  }
  return { text, from: (at) => starts[at] ?? original.length, to: (at) => ends[at - 1] ?? 0 };
}

/**
 * Where a text has what terms find, in its order and without overlaps: their words in a row, and in names parts of words.
 * Yields where the pace has a pause.
 * @param atMost how many are looked for
 */
export function* marksOf(
  original: string,
  terms: readonly ParsedTerm[],
  isName: boolean,
  atMost: number,
  pace: Pace,
): Generator<void, Mark[]> {
  const marks = yield* marksByTerm(original, terms, isName, atMost, pace);
  return inOrder(marks.flat()).slice(0, atMost);
}

/** The same for each term apart, of each as many. */
export function* marksByTerm(
  original: string,
  terms: readonly ParsedTerm[],
  isName: boolean,
  atMost: number,
  pace: Pace,
): Generator<void, Mark[][]> {
  const { text, from, to } = yield* traced(original, pace);
  const byTerm: Mark[][] = [];
  for (const { words, isPrefix, part } of terms) {
    if (pace.isDue(LOOK + text.length)) yield;
    const marks = yield* wordMarks(text, words, isPrefix, atMost, pace);
    if (isName && part !== null && marks.length === 0) {
      for (let at = text.indexOf(part); at >= 0 && marks.length < atMost; at = text.indexOf(part, at + part.length))
        marks.push([at, at + part.length]);
    }
    byTerm.push(marks.map(([start, end]): Mark => [from(start), to(end)]));
  }
  return byTerm;
}

/** Where words follow each other. */
function* wordMarks(
  text: string,
  words: readonly string[],
  isPrefix: boolean,
  atMost: number,
  pace: Pace,
): Generator<void, Mark[]> {
  const marks: Mark[] = [];
  const [first] = words;
  if (first === undefined) return marks;
  let next = 0;
  // Most texts do not have the word at all.
  for (let at = text.indexOf(first); at >= 0 && marks.length < atMost; at = text.indexOf(first, next)) {
    // None begins before the end of the word that this is in.
    next = at + Math.max(1, wordLength(text, at));
    if (pace.isDue(next - at)) yield;
    if (isWithin(text, at)) continue;
    let end = at;
    let matches = true;
    for (const [index, word] of words.entries()) {
      const start = index === 0 ? at : nextWord(text, end);
      const length = wordLength(text, start);
      if (pace.isDue(start - end + length)) yield;
      const actual = wordsOf(text.slice(start, start + length))[0] ?? "";
      matches = isPrefix && index === words.length - 1 ? actual.startsWith(word) && word !== "" : actual === word;
      if (!matches) break;
      end = start + length;
    }
    if (matches) marks.push([at, end]);
  }
  return marks;
}

const LETTER = /[\p{L}\p{N}]/u;

function characterBefore(text: string, at: number): string {
  const last = text.charCodeAt(at - 1);
  return (last & 0xfc00) === 0xdc00 ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at);
}

/** Whether a word goes on at an offset. */
function isWithin(text: string, at: number): boolean {
  const before = characterBefore(text, at);
  if (before === "" || !LETTER.test(before)) return false;
  // Letters of some scripts are words of their own.
  const point = String.fromCodePoint(text.codePointAt(at) ?? 32);
  return wordsOf(before + point).length === 1;
}

/** How long a word is from an offset on. */
function wordLength(text: string, at: number): number {
  return firstWord(text.slice(at, at + MAX_READ)).length;
}

function nextWord(text: string, at: number): number {
  const rest = /[\p{L}\p{N}]/gu;
  rest.lastIndex = at;
  return rest.exec(text)?.index ?? text.length;
}

/** Marks in the order of the text, those that overlap as one. */
export function inOrder(marks: Mark[]): Mark[] {
  const result: Mark[] = [];
  for (const mark of marks.toSorted(([one], [other]) => one - other)) {
    const last = result.at(-1);
    if (last && mark[0] < last[1]) last[1] = Math.max(last[1], mark[1]);
    else result.push([...mark]);
  }
  return result;
}
