import type { Json } from "#contract/json";
import { formatNumber, signed } from "#formats/number";
import { type Invisible, invisibleDifferences, withSigns } from "./invisible";
import { exactNumber, jsonText } from "./values/exact-number";

/** A cell on both sides; undefined where a side has none. */
export interface Cell {
  from: Json | undefined;
  to: Json | undefined;
  changed: boolean;
}

/** A cell as text: null and missing as "", lists and objects as JSON. */
export function valueText(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return "";
  return typeof cell === "object" ? jsonText(cell) : (exactNumber(cell) ?? String(cell));
}

/** A cell as text, with quotation marks around strings: `"1"` is not `1`. */
export function quotedText(cell: Json | undefined): string {
  return jsonText(cell ?? null);
}

/** The word for a value without a text; null for any other. */
export function emptyWord(value: Json | undefined): "missing" | "null" | "empty" | null {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  return value === "" ? "empty" : null;
}

/** How a cell changed, for a reader. */
export interface CellChange {
  /** With signs for characters that nobody sees, where nothing else differs. */
  from: string;
  to: string;
  /** `only spaces differ`; null where the difference is visible. */
  note: string | null;
  /** The difference of two numbers: `+2`. */
  step: string | null;
}

export function cellChange({ from, to }: Cell): CellChange {
  if (needQuotes(from, to)) return { from: quotedText(from), to: quotedText(to), note: null, step: null };
  const texts = { from: valueText(from), to: valueText(to) };
  const step = typeof from === "number" && typeof to === "number" ? stepOf(to - from) : null;
  const invisible = invisibleDifferences(texts.from, texts.to);
  if (invisible.length === 0) return { ...texts, note: null, step };
  return { from: withSigns(texts.from, true), to: withSigns(texts.to, true), note: noteOf(invisible), step };
}

/** Whether a text and another type are compared, which may look the same. */
function needQuotes(from: Json | undefined, to: Json | undefined): boolean {
  if (emptyWord(from) !== null || emptyWord(to) !== null) return false;
  return isText(from) !== isText(to);
}

function isText(value: Json | undefined): boolean {
  return typeof value === "string" && exactNumber(value) === null;
}

/** A difference of numbers with its sign. */
export function stepOf(difference: number): string {
  return signed(difference, formatNumber);
}

/** What alone differs between two texts that look the same. */
export function noteOf(invisible: Invisible[]): string {
  return `only ${invisible.join(" and ")} differ`;
}
