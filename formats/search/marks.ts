import type { ParsedTerm } from "./term";
import { normalized, wordsOf } from "./words";

/** The offsets in UTF-16 code units where a match begins and ends. */
export type Mark = [from: number, to: number];

const ASCII = /^[\0-\x7f]*$/;

/** A normalized text, and for each unit of it the offset of the character that it comes from. */
interface Traced {
  text: string;
  from: (at: number) => number;
  to: (at: number) => number;
}

function traced(original: string): Traced {
  if (ASCII.test(original)) return { text: original.toLowerCase(), from: (at) => at, to: (at) => at };
  const starts: number[] = [];
  const ends: number[] = [];
  let text = "";
  let at = 0;
  for (const character of original) {
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
 * @param atMost how many are looked for
 */
export function marksOf(original: string, terms: readonly ParsedTerm[], isName: boolean, atMost: number): Mark[] {
  const { text, from, to } = traced(original);
  const marks: Mark[] = [];
  for (const { words, isPrefix, part } of terms) {
    let found = 0;
    for (const [start, end] of wordMarks(text, words, isPrefix)) {
      marks.push([from(start), to(end)]);
      found += 1;
      if (found >= atMost) break;
    }
    if (!isName || part === null || found > 0) continue;
    for (let at = text.indexOf(part); at >= 0 && found < atMost; at = text.indexOf(part, at + part.length)) {
      marks.push([from(at), to(at + part.length)]);
      found += 1;
    }
  }
  return merged(marks.sort(([one], [other]) => one - other)).slice(0, atMost);
}

/** Where words follow each other. */
function* wordMarks(text: string, words: readonly string[], isPrefix: boolean): Generator<Mark, void> {
  const [first, ...rest] = words;
  if (first === undefined) return;
  // Most texts do not have the word at all.
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    if (isWithin(text, at)) continue;
    let end = at;
    let matches = true;
    for (const [index, word] of [first, ...rest].entries()) {
      const start = index === 0 ? at : nextWord(text, end);
      const length = wordLength(text, start);
      const actual = wordsOf(text.slice(start, start + length))[0] ?? "";
      matches = isPrefix && index === rest.length ? actual.startsWith(word) && word !== "" : actual === word;
      if (!matches) break;
      end = start + length;
    }
    if (matches) yield [at, end];
  }
}

const LETTER = /[\p{L}\p{N}]/u;
const FROM_HERE = /[\p{L}\p{N}]+/uy;

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

/** How long the word that begins at an offset is. */
function wordLength(text: string, at: number): number {
  FROM_HERE.lastIndex = at;
  const [run] = FROM_HERE.exec(text) ?? [""];
  const [word = ""] = wordsOf(run.slice(0, 2_000));
  // A long word is cut; it is marked as a whole.
  return wordsOf(run.slice(0, 2_000)).length === 1 ? run.length : word.length;
}

function nextWord(text: string, at: number): number {
  const rest = /[\p{L}\p{N}]/gu;
  rest.lastIndex = at;
  return rest.exec(text)?.index ?? text.length;
}

function merged(marks: Mark[]): Mark[] {
  const result: Mark[] = [];
  for (const mark of marks) {
    const last = result.at(-1);
    if (last && mark[0] < last[1]) last[1] = Math.max(last[1], mark[1]);
    else result.push([...mark]);
  }
  return result;
}
