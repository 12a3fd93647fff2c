import { type DateForm, dateFormOf, dateIn } from "./date-form";
import { kindOf, numberOf } from "./json-index";
import { isMissing, type NumberForm, numberFormOf, numberIn } from "./quantity";
import { cellText, type Table, valueAt } from "./table";
import { parseLink } from "./url";

/** What all filled cells are; `mixed` for several kinds, `json` for lists or objects. Texts may be numbers or dates. */
export type ColumnType = "number" | "date" | "boolean" | "link" | "text" | "json" | "mixed" | "empty";

export interface Column {
  name: string;
  type: ColumnType;
  /** How its texts write numbers or dates; null where it has no such texts. */
  form: NumberForm | DateForm | null;
  /** In characters, at most 60. */
  width: number;
  /** The most digits after the decimal point among its numbers, of a sample and at most 6. */
  decimals: number;
  /** Whether its numbers are amounts, whose thousands are separated, rather than ids or years. */
  isGrouped: boolean;
}

/** A number without an exponent: its sign, the digits before the decimal point, and those after it. */
export const PLAIN_NUMBER = /^(-?)(\d+)(?:\.(\d+))?$/;
const ID_NAME = /(?:^|[_\s-])(?:id|key|code|no|nr|year|zip|postcode|port|phone)$|^#?$/i;
const CAMEL_CASE_ID = /[a-z\d](?:Id|Key|Code|Year)$/;
const MAX_DECIMALS = 6;

/** At most about so many cells decide the width of a column, and whether its texts are links. */
const SAMPLE = 200;
/** In characters, the room that the icons of a head take. */
const HEAD_ICONS = 7;
const MAX_WIDTH = 60;
/** In bytes: no number or date is longer. */
const MAX_FORM = 100;

/** The columns of a table. Kinds, numbers and dates are judged by every row, links by a sample. */
export function columnsOf(table: Table): Column[] {
  return table.columns.map((name, column) => {
    const kinds = kindsIn(table, column);
    const form = kinds.has("text") && isTextOrNumber(kinds) ? formOf(table, column, kinds.has("number")) : null;
    const sample = sampleOf(table, column);
    const type = form?.kind ?? typeOf([...kinds], sample);
    const decimals = Math.min(
      MAX_DECIMALS,
      Math.max(0, ...sample.map((text) => PLAIN_NUMBER.exec(text)?.[3]?.length ?? 0)),
    );
    const isGrouped = !ID_NAME.test(name) && !CAMEL_CASE_ID.test(name);
    const lengthOf = (text: string) => (type === "number" ? alignedLength(text, decimals) : text.length);
    const width = sample.reduce((widest, text) => Math.max(widest, lengthOf(text)), name.length + HEAD_ICONS);
    return { name, type, form, width: Math.min(width, MAX_WIDTH), decimals, isGrouped };
  });
}

/** The length of a number with separators, and with the room of the decimals that others have. */
function alignedLength(text: string, decimals: number): number {
  const [, sign = "", whole, fraction = ""] = PLAIN_NUMBER.exec(text) ?? [];
  if (whole === undefined) return text.length;
  const digits = Math.max(fraction.length, decimals);
  return sign.length + whole.length + Math.floor((whole.length - 1) / 3) + (digits > 0 ? 1 + digits : 0);
}

/** The number that a cell of a column stands for, dates in milliseconds; NaN for empty cells and all others. */
export function measureOf(table: Table, { form }: Pick<Column, "form">, value: number): number {
  const kind = value === 0 ? "null" : kindOf(table.values, value);
  if (kind === "number") return numberOf(table.values, value);
  return kind === "text" && form ? measureText(cellText(table, value, MAX_FORM), form) : Number.NaN;
}

/** The number that a text stands for among the cells of a column, as `measureOf` does. */
export function measureText(text: string, form: Column["form"]): number {
  if (form?.kind === "date") return dateIn(text, form);
  if (text.trim() === "") return Number.NaN;
  const number = form ? numberIn(text, form) : Number.NaN;
  return Number.isNaN(number) ? Number(text) : number;
}

/** Whether a cell has no value: missing, null or blank, or, among numbers and dates, a word such as `NA`. */
export function isEmptyCell(table: Table, { form }: Pick<Column, "form">, value: number): boolean {
  const kind = value === 0 ? "null" : kindOf(table.values, value);
  if (kind === "null") return true;
  if (kind !== "text") return false;
  const text = cellText(table, value, MAX_FORM);
  return text.trim() === "" || (form !== null && isMissing(text));
}

function kindsIn(table: Table, column: number): Set<string> {
  const kinds = new Set<string>();
  for (let row = 0; row < table.rows; row += 1) {
    const value = valueAt(table, row, column);
    const kind = value === 0 ? "null" : kindOf(table.values, value);
    if (kind !== "null") kinds.add(kind);
    if (kinds.size > 1 && !isTextOrNumber(kinds)) break;
  }
  return kinds;
}

function isTextOrNumber(kinds: Set<string>): boolean {
  for (const kind of kinds) if (kind !== "text" && kind !== "number") return false;
  return true;
}

function formOf(table: Table, column: number, hasNumbers: boolean): Column["form"] {
  const numbers = numberFormOf(textsIn(table, column));
  if (numbers) return numbers;
  if (!hasNumbers) return dateFormOf(textsIn(table, column), isMissing);
  // Numbers beside texts that only stand for missing values.
  for (const text of textsIn(table, column)) if (!isMissing(text)) return null;
  return { kind: "number", decimal: ".", scale: null };
}

/** The cells of a column that are texts, cut where they are too long for a number or a date. */
function* textsIn(table: Table, column: number): Generator<string, void> {
  for (let row = 0; row < table.rows; row += 1) {
    const value = valueAt(table, row, column);
    if (value !== 0 && kindOf(table.values, value) === "text") yield cellText(table, value, MAX_FORM);
  }
}

function typeOf([kind, other]: string[], sample: string[]): ColumnType {
  if (kind === undefined) return "empty";
  if (other !== undefined) return "mixed";
  if (kind === "object" || kind === "list") return "json";
  if (kind === "number" || kind === "boolean") return kind;
  const links = sample.filter((text) => !isMissing(text));
  return links.length > 0 && links.every((text) => parseLink(text) !== null) ? "link" : "text";
}

/** Filled cells from the whole height of a column, as text. */
function sampleOf(table: Table, column: number): string[] {
  const step = Math.max(1, Math.floor(table.rows / SAMPLE));
  const sample: string[] = [];
  for (let row = 0; row < table.rows; row += step) {
    const text = cellText(table, valueAt(table, row, column), 200);
    if (text !== "") sample.push(text);
  }
  return sample;
}
