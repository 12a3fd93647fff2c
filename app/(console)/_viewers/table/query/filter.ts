import { type Column, isEmptyCell, measureOf, measureText } from "#formats/column";
import type { Table } from "#formats/table";
import { cellText, searchText } from "#formats/table";

/** Whether a value matches; 0 stands for a missing cell. */
export type Predicate = (value: number) => boolean;

const COMPARISON = /^(<=|>=|!=|=|<|>)\s*(.*)$/s;
const RANGE = /^(.*\S)\s*\.\.(<?)\s*(\S.*)$/s;

/**
 * Parses the filter of a column: `> 10`, `<= 2026-11-01`, `= Oslo`, `!= Oslo`, `5..9`, `5..<9` (without 9), `empty`,
 * `filled`; any other text must be contained in the cell. `= "Oslo"`, a JSON string, is the very text, in its case and
 * with its spaces. Null for an empty filter.
 */
export function parseFilter(table: Table, column: Column, input: string): Predicate | null {
  const text = input.trim();
  if (text === "") return null;
  if (/^empty$/i.test(text)) return (value) => isEmptyCell(table, column, value);
  if (/^filled$/i.test(text)) return (value) => !isEmptyCell(table, column, value);
  const isOrdered = column.type === "number" || column.type === "date";
  const operandOf = (operand: string) => (isOrdered ? measureText(operand, column.form) : Number.NaN);
  const measure = (value: number) => measureOf(table, column, value);
  const [, from, open, to] = RANGE.exec(text) ?? [];
  if (from !== undefined && to !== undefined) {
    const [least, greatest] = [operandOf(from), operandOf(to)];
    if (!Number.isNaN(least) && !Number.isNaN(greatest)) {
      return (value) => {
        const number = measure(value);
        return number >= least && (open ? number < greatest : number <= greatest);
      };
    }
  }
  const [, operator, operand = ""] = COMPARISON.exec(text) ?? [];
  if (operator === undefined || operand === "") return contains(table, text);
  const bound = operandOf(operand);
  if (operator === "=" || operator === "!=") {
    const exact = quotedText(operand);
    if (exact !== null) return (value) => (cellText(table, value) === exact && value !== 0) === (operator === "=");
    const lower = operand.toLowerCase();
    const same: Predicate = (value) => cellText(table, value).toLowerCase() === lower || measure(value) === bound;
    return operator === "=" ? same : (value) => !same(value);
  }
  if (Number.isNaN(bound)) return contains(table, text);
  const compare = COMPARE[operator];
  return compare ? (value) => compare(measure(value), bound) : null;
}

/** The text of a JSON string; null for an operand that is not one. */
function quotedText(operand: string): string | null {
  if (!operand.startsWith('"')) return null;
  try {
    const value: unknown = JSON.parse(operand);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}

const COMPARE: Record<string, (one: number, other: number) => boolean> = {
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
};

/** Whether a cell contains a text, in any case. */
export function contains(table: Table, text: string): Predicate {
  const lower = text.toLowerCase();
  return (value) => value !== 0 && searchText(table, value).toLowerCase().includes(lower);
}
