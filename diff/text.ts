import { align } from "./align";
import type { Budget } from "./budget";
import { markWords, type Part } from "./words";

/** A line of one side that the other has not, with the words in it that make the difference. */
export interface ChangedLine {
  number: number;
  parts: Part[];
}

/** A stretch of a text: lines that are the same on both sides, or what stood there and what stands there now. */
export type Stretch =
  | { same: true; lines: string[]; from: number; to: number }
  | { same: false; removed: ChangedLine[]; added: ChangedLine[] };

/** Two texts by line. A line that was rewritten counts as changed, not as one removed and one added. */
export interface TextDifference {
  kind: "text";
  stretches: Stretch[];
  added: number;
  removed: number;
  changed: number;
}

/** The longest text that is compared, in characters. */
export const LONGEST_TEXT = 4_000_000;

/** Compares two texts by line, and the lines that were rewritten by word. Within the budget; beyond it, coarser. */
export function textDifference(from: string, to: string, budget: Budget): TextDifference {
  if (from.length > LONGEST_TEXT || to.length > LONGEST_TEXT) {
    budget.note("Only the first 4,000,000 characters of each are compared.");
  }
  const left = linesOf(from);
  const right = linesOf(to);
  const difference: TextDifference = { kind: "text", stretches: [], added: 0, removed: 0, changed: 0 };
  for (const run of align(left, right, budget)) {
    if (run.same) {
      const [start, end] = run.to;
      difference.stretches.push({ same: true, lines: right.slice(start, end), from: run.from[0] + 1, to: start + 1 });
      continue;
    }
    const words = markWords(left.slice(...run.from), right.slice(...run.to), budget);
    difference.changed += words.rewritten;
    difference.removed += words.removed.length - words.rewritten;
    difference.added += words.added.length - words.rewritten;
    difference.stretches.push({
      same: false,
      removed: words.removed.map((parts, index) => ({ number: run.from[0] + index + 1, parts })),
      added: words.added.map((parts, index) => ({ number: run.to[0] + index + 1, parts })),
    });
  }
  return difference;
}

/** An empty text has no lines. */
function linesOf(text: string): string[] {
  return text === "" ? [] : text.slice(0, LONGEST_TEXT).split("\n");
}
