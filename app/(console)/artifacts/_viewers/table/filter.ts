import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cellText } from "#formats/table";
import type { Column } from "./column";

/** Whether a value matches; 0 stands for a missing cell. */
export type Predicate = (value: number) => boolean;

const COMPARISON = /^(<=|>=|!=|=|<|>)\s*(.*)$/s;
const RANGE = /^(-?[^.\s]\S*?)\s*\.\.\s*(-?\S+)$/;

/**
 * Parses the filter of a column: `> 10`, `<= 2026-11-01`, `= Oslo`, `!= Oslo`, `5..9`, `empty`, `filled`; any other
 * text must be contained in the cell. Null for an empty filter.
 */
export function parseFilter(table: Table, { type }: Column, input: string): Predicate | null {
  const text = input.trim();
  if (text === "") return null;
  const isEmpty: Predicate = (value) => value === 0 || kindOf(table.values, value) === "null";
  if (/^empty$/i.test(text)) return isEmpty;
  if (/^filled$/i.test(text)) return (value) => !isEmpty(value);
  const measure = measureFor(type);
  const textOf = (value: number) => cellText(table, value);
  const [, from, to] = RANGE.exec(text) ?? [];
  if (measure && from !== undefined && to !== undefined) {
    const [least, greatest] = [measure(from), measure(to)];
    if (!Number.isNaN(least) && !Number.isNaN(greatest)) {
      return (value) => {
        const number = measure(textOf(value));
        return number >= least && number <= greatest;
      };
    }
  }
  const [, operator, operand = ""] = COMPARISON.exec(text) ?? [];
  if (operator === undefined || operand === "") return contains(textOf, text);
  const bound = measure?.(operand) ?? Number.NaN;
  if (operator === "=" || operator === "!=") {
    const same = equals(textOf, operand, Number.isNaN(bound) ? undefined : measure, bound);
    return operator === "=" ? same : (value) => !same(value);
  }
  if (!measure || Number.isNaN(bound)) return contains(textOf, text);
  const compare = COMPARE[operator];
  return compare ? (value) => compare(measure(textOf(value)), bound) : null;
}

const COMPARE: Record<string, (one: number, other: number) => boolean> = {
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};

/** How the cells of a column become numbers to compare; undefined when they are compared as text. */
export function measureFor(type: Column["type"]): ((text: string) => number) | undefined {
  if (type === "number") return (text) => (text === "" ? Number.NaN : Number(text));
  return type === "date" ? (text) => Date.parse(text.replace(",", ".")) : undefined;
}

function equals(
  textOf: (value: number) => string,
  operand: string,
  measure: ((text: string) => number) | undefined,
  number: number,
): Predicate {
  const lower = operand.toLowerCase();
  return (value) => {
    const text = textOf(value);
    return text.toLowerCase() === lower || (measure !== undefined && measure(text) === number);
  };
}

/** Whether a cell contains a text, in any case. */
export function contains(textOf: (value: number) => string, text: string): Predicate {
  const lower = text.toLowerCase();
  return (value) => value !== 0 && textOf(value).toLowerCase().includes(lower);
}
