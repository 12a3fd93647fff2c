import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cellText } from "./cell";
import type { Column } from "./column";

/** Whether a value (0 where a row has none) is let through. */
export type Predicate = (value: number) => boolean;

const COMPARED = /^(<=|>=|!=|=|<|>)\s*(.*)$/s;
const RANGE = /^(-?[^.\s]\S*?)\s*\.\.\s*(-?\S+)$/;

/**
 * Reads what is typed above a column: `> 10`, `<= 2026-11-01`, `= Oslo`, `!= Oslo`, `5..9`, `empty`, `filled`;
 * anything else is sought in the text. Null where nothing is typed.
 */
export function parseFilter(table: Table, { type }: Column, typed: string): Predicate | null {
  const text = typed.trim();
  if (text === "") return null;
  const isEmpty: Predicate = (value) => value === 0 || kindOf(table.values, value) === "null";
  if (/^empty$/i.test(text)) return isEmpty;
  if (/^filled$/i.test(text)) return (value) => !isEmpty(value);
  const measure = measureFor(type);
  const said = (value: number) => cellText(table, value);
  const [, from, to] = RANGE.exec(text) ?? [];
  if (measure && from !== undefined && to !== undefined) {
    const [least, most] = [measure(from), measure(to)];
    if (!Number.isNaN(least) && !Number.isNaN(most)) {
      return (value) => {
        const number = measure(said(value));
        return number >= least && number <= most;
      };
    }
  }
  const [, sign, operand = ""] = COMPARED.exec(text) ?? [];
  if (sign === undefined || operand === "") return contains(said, text);
  const wanted = measure?.(operand) ?? Number.NaN;
  if (sign === "=" || sign === "!=") {
    const same = equals(said, operand, Number.isNaN(wanted) ? undefined : measure, wanted);
    return sign === "=" ? same : (value) => !same(value);
  }
  if (!measure || Number.isNaN(wanted)) return contains(said, text);
  const compare = COMPARE[sign];
  return compare ? (value) => compare(measure(said(value)), wanted) : null;
}

const COMPARE: Record<string, (one: number, other: number) => boolean> = {
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};

/** How the cells of a column are measured, or undefined where they have no measure. */
export function measureFor(type: Column["type"]): ((text: string) => number) | undefined {
  if (type === "number") return (text) => (text === "" ? Number.NaN : Number(text));
  return type === "date" ? (text) => Date.parse(text.replace(",", ".")) : undefined;
}

function equals(
  said: (value: number) => string,
  operand: string,
  measure: ((text: string) => number) | undefined,
  wanted: number,
): Predicate {
  const lower = operand.toLowerCase();
  return (value) => {
    const text = said(value);
    return text.toLowerCase() === lower || (measure !== undefined && measure(text) === wanted);
  };
}

/** Whether a text is in what a value says, in large or small letters. */
export function contains(said: (value: number) => string, text: string): Predicate {
  const lower = text.toLowerCase();
  return (value) => value !== 0 && said(value).toLowerCase().includes(lower);
}
