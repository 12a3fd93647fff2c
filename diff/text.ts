import { formatCount } from "#formats/number";
import { align } from "./align";
import type { Budget } from "./budget";
import { type Invisible, invisibleDifferences } from "./invisible";
import { markWords, type Part } from "./words";

/** A line that exists on one side only, with the words marked that differ from the line it replaces. */
export interface ChangedLine {
  number: number;
  parts: Part[];
}

/** Consecutive lines that are the same on both sides, with the numbers of the first, or lines that replace others. */
export type Stretch =
  | { same: true; lines: string[]; from: number; to: number }
  | { same: false; removed: ChangedLine[]; added: ChangedLine[] };

/** A rewritten line counts as changed, not as one removed and one added. */
export interface TextDifference {
  kind: "text";
  stretches: Stretch[];
  added: number;
  removed: number;
  changed: number;
  /** What differs, where a reader sees no difference. */
  invisible: Invisible[];
}

/** In characters; longer texts are cut. */
const MAX_TEXT_LENGTH = 4_000_000;

/** Compares two texts by line, and rewritten lines by word. Coarser beyond the budget. */
export function textDifference(from: string, to: string, budget: Budget): TextDifference {
  if (from.length > MAX_TEXT_LENGTH || to.length > MAX_TEXT_LENGTH) {
    budget.note(`Only the first ${formatCount(MAX_TEXT_LENGTH)} characters of each version are compared.`);
  }
  const left = linesOf(from);
  const right = linesOf(to);
  const invisible = invisibleDifferences(from, to);
  const difference: TextDifference = { kind: "text", stretches: [], added: 0, removed: 0, changed: 0, invisible };
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

function linesOf(text: string): string[] {
  return text === "" ? [] : text.slice(0, MAX_TEXT_LENGTH).split("\n");
}
