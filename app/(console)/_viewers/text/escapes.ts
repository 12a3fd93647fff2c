import ansiRegex from "ansi-regex";

const ESCAPES = ansiRegex();
const COLOURS = /^.\[[\d;]*m$/s;

/** Whether a text has escape sequences of terminals. */
export function hasEscapes(text: string): boolean {
  return text.includes("\u001b") || text.includes("\u009b");
}

/** A text without escape sequences of terminals. */
export function withoutEscapes(text: string): string {
  return hasEscapes(text) ? text.replace(ESCAPES, "") : text;
}

/** A text without escape sequences other than those of colours and weights. */
export function onlyColours(text: string): string {
  return text.replace(ESCAPES, (sequence) => (COLOURS.test(sequence) ? sequence : ""));
}
