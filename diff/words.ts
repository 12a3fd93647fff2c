import { diffWordsWithSpace } from "diff";
import type { Budget } from "./budget";
import { invisibleDifferences } from "./invisible";

/** A part of a line; `marked` if it differs from the other side. */
export interface Part {
  text: string;
  marked: boolean;
}

const MAX_LINE_LENGTH = 2000;
const MAX_LINES = 400;
/** The share of characters that two lines need in common to be marked by word. */
const MIN_SIMILARITY = 0.35;

/**
 * Marks the words that differ in lines that replace each other, in pairs from the top. `rewritten` counts the pairs that
 * have enough in common to be marked.
 */
export function markWords(removed: string[], added: string[], budget: Budget) {
  const marked = { removed: removed.map(whole), added: added.map(whole), rewritten: 0 };
  const pairs = Math.min(removed.length, added.length, MAX_LINES);
  for (let at = 0; at < pairs; at += 1) {
    const [from = "", to = ""] = [removed[at], added[at]];
    if (from.length + to.length > MAX_LINE_LENGTH * 2 || budget.left() === 0) continue;
    const pair = lineWords(from, to, budget);
    if (!pair) continue;
    marked.removed[at] = pair.from;
    marked.added[at] = pair.to;
    marked.rewritten += 1;
  }
  return marked;
}

/** Two lines by word; null if they have too little in common or the time is over. */
export function lineWords(from: string, to: string, budget: Budget): { from: Part[]; to: Part[] } | null {
  const changes = diffWordsWithSpace(from, to, { timeout: Math.min(100, budget.left()) });
  if (!changes) return null;
  const common = changes.reduce(
    (sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length),
    0,
  );
  if (common < MIN_SIMILARITY * Math.max(from.trim().length, to.trim().length)) {
    return invisibleDifferences(from, to).length > 0
      ? { from: [{ text: from, marked: true }], to: [{ text: to, marked: true }] }
      : null;
  }
  return {
    from: changes.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, marked: removed })),
    to: changes.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, marked: added })),
  };
}

function whole(text: string): Part[] {
  return text === "" ? [] : [{ text, marked: false }];
}
