import { isTooDeep } from "#formats/markdown";

/** What is parsed in the page at most, in characters and in estimated milliseconds. */
const MAX_CHARACTERS = 30_000;
const MAX_COST = 30;
/** What is shown of an expensive text before the worker has parsed it, in characters. */
const MAX_BEGINNING = 6_000;
const BLOCK_START = /\n(?=[ \t>]*(?:\n|$|[-*+] |\d{1,9}[.)] |#{1,6} |\|))/;

/** Whether a text, even a hostile one, is parsed fast enough for the page; any other is parsed in a worker. */
export function isCheap(text: string): boolean {
  return text.length <= MAX_CHARACTERS && !isTooDeep(text) && costOf(text) <= MAX_COST;
}

/** The first blocks of an expensive text, as far as they can be parsed in the page; their end may be wrong. */
export function beginningOf(text: string): string {
  const end = text.lastIndexOf("\n\n", MAX_BEGINNING);
  const beginning = end < 0 ? "" : text.slice(0, end);
  return isCheap(beginning) ? beginning : "";
}

/** Estimated milliseconds. The factors were measured with hostile texts, one for each construct that the parser is slow at. */
function costOf(text: string): number {
  const footnotes = counted(text, /\[\^/g);
  const urls = counted(text, /www\.|:\/\/|@/g);
  let cost =
    text.length * 0.002 + counted(text, /\n/g) * 0.03 + urls * 0.03 + footnotes ** 2 * 2e-4 + cellsIn(text) * 0.02;
  cost += counted(text, /<[a-z]/gi) * 0.03;
  for (const block of text.split(BLOCK_START)) {
    const marks = counted(block, /[*_~]/g);
    const brackets = counted(block, /\[/g);
    const bars = counted(block, /\|/g);
    cost += marks ** 2 * 3e-5 + brackets ** 2 * 2e-5 + bars * 0.03 + unpairedBackticks(block) * block.length * 4e-5;
    if (cost > MAX_COST) return cost;
  }
  return cost;
}

/** The number of backtick runs without another of the same length; for each the parser scans the rest of the block. */
function unpairedBackticks(block: string): number {
  const unpaired = new Set<number>();
  for (const [run] of block.matchAll(/`+/g)) {
    if (!unpaired.delete(run.length)) unpaired.add(run.length);
  }
  return unpaired.size;
}

/** The number of table cells; the parser fills short rows up to the width of their table. */
function cellsIn(text: string): number {
  let sum = 0;
  let columns = 0;
  for (const line of text.split("\n")) {
    if (/^[ \t>]*$/.test(line)) columns = 0;
    else if (/^[ \t>:|-]*-[ \t:|-]*$/.test(line)) columns = counted(line, /\|/g);
    else sum += columns;
  }
  return sum;
}

function counted(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
