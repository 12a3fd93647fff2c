import { diffWordsWithSpace } from "diff";
import type { Budget } from "./budget";

/** A part of a line; `marked` where the other side has not the same. */
export interface Part {
  text: string;
  marked: boolean;
}

const LONGEST_LINE = 2000;
const MOST_LINES = 400;
const ALIKE = 0.35;

/**
 * Marks the words that differ between lines that stand in the same place. Lines that have little in common are told
 * whole, without marks; `rewritten` counts those that have enough.
 */
export function markWords(removed: string[], added: string[], budget: Budget) {
  const marked = { removed: removed.map(whole), added: added.map(whole), rewritten: 0 };
  const pairs = Math.min(removed.length, added.length, MOST_LINES);
  for (let at = 0; at < pairs; at += 1) {
    const [from = "", to = ""] = [removed[at], added[at]];
    if (from.length + to.length > LONGEST_LINE * 2 || budget.left() === 0) continue;
    const pair = lineWords(from, to, budget);
    if (!pair) continue;
    marked.removed[at] = pair.from;
    marked.added[at] = pair.to;
    marked.rewritten += 1;
  }
  return marked;
}

/** Two lines by word, or null where they have too little in common for that to help. */
export function lineWords(from: string, to: string, budget: Budget): { from: Part[]; to: Part[] } | null {
  const changes = diffWordsWithSpace(from, to, { timeout: Math.min(100, budget.left()) });
  if (!changes) return null;
  const kept = changes.reduce(
    (sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length),
    0,
  );
  if (kept < ALIKE * Math.max(from.trim().length, to.trim().length)) return null;
  return {
    from: changes.filter(({ added }) => !added).map(({ value, removed }) => ({ text: value, marked: removed })),
    to: changes.filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, marked: added })),
  };
}

function whole(text: string): Part[] {
  return text === "" ? [] : [{ text, marked: false }];
}
