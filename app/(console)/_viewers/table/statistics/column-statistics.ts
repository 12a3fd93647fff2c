import { type Column, isEmptyCell, measureOf } from "#formats/column";
import { compareDecimals, decimalOf } from "#formats/decimal";
import { kindOf, sourceOf } from "#formats/json-index";
import { cellText, type Table, valueAt } from "#formats/table";
import { type Bar, dateBars, numberBars, timeText } from "./bins";
import { createCounter } from "./counter";
import { positionOf, sortInSteps } from "./sorted";

/** What a column holds, over all rows of its table. */
export interface ColumnStatistics {
  rows: number;
  /** Cells that are missing, null or blank, or, among numbers and dates, a word such as `NA`. */
  nulls: number;
  /** How many different values the other cells have; dates of one instant are the same. */
  distinct: number;
  /** Of numbers and dates; null for other columns, and where there are none. */
  measures: Measures | null;
  /** The histogram of numbers and dates, without infinite ones. */
  bars: Bar[];
  /** The most frequent values of another column; empty where each occurs once. */
  values: CommonValue[];
}

/** Texts; the least and the greatest as they are written, so that no digit is lost. */
interface Measures {
  min: string;
  max: string;
  /** Null where a number is infinite. */
  mean: string | null;
  /** The number in the middle as it is written, or the mean of the two. */
  median: string | null;
}

export interface CommonValue {
  text: string;
  count: number;
  /** The filter of the column that leaves exactly its rows; null for a value too long for one. */
  filter: string | null;
}

/** How many cells are read without a pause. */
const STRIDE = 2000;
const MAX_VALUES = 3;
/** In bytes. */
const MAX_TEXT = 200;
/** In characters of a source. Every shorter number has a double of its own. */
const MAX_EXACT = 15;
/** Of doubles below it, several decimals have the same; zero is written with fewer characters than those that round to it. */
const MIN_EXACT = 1e-290;
const MAX_ZERO = 6;
const MINUTE = 60_000;
/** Above it, numbers are rounded to six digits. */
const MAX_WRITTEN = 1e15;

/** The statistics of a column, exactly, in steps of a few milliseconds. */
export function* columnStatistics(
  table: Table,
  columns: Column[],
  at: number,
): Generator<void, ColumnStatistics | null> {
  const column = columns[at];
  if (!column) return null;
  if (column.type === "number" || column.type === "date") return yield* measuredStatistics(table, column, at);
  const { rows, values } = table;
  const counter = createCounter(values);
  let nulls = 0;
  for (let row = 0; row < rows; row += 1) {
    if (row % STRIDE === 0) yield;
    const value = valueAt(table, row, at);
    if (isEmptyCell(table, column, value)) nulls += 1;
    else counter.add(value);
  }
  const distinct = counter.distinct();
  const commonest = distinct === rows - nulls && distinct > MAX_VALUES ? [] : counter.commonest(MAX_VALUES);
  return {
    rows,
    nulls,
    distinct,
    measures: null,
    bars: [],
    values: commonest.map(({ value, count }) => ({
      text: cellText(table, value, MAX_TEXT),
      count,
      filter: exactFilter(table, value),
    })),
  };
}

/** A text in quotation marks is compared as it is; a number stays one. */
function exactFilter(table: Table, value: number): string | null {
  const { from, to } = table.values;
  if ((to[value] ?? 0) - (from[value] ?? 0) > MAX_TEXT) return null;
  return `= ${JSON.stringify(cellText(table, value))}`;
}

function* measuredStatistics(table: Table, column: Column, at: number): Generator<void, ColumnStatistics> {
  const { rows, values } = table;
  const isDate = column.type === "date";
  const counter = createCounter(values);
  const texts = createCounter(values);
  // What each text stands for, read once; NaN for no value.
  const textNumbers = [Number.NaN];
  const numbers = new Float64Array(rows);
  let count = 0;
  let [min, max]: [Cell, Cell] = [NO_CELL, NO_CELL];
  let isLong = false;
  const numberAt = (value: number) => {
    if (kindOf(values, value) === "number") {
      counter.add(value);
      return measureOf(table, column, value);
    }
    const text = texts.add(value);
    if (text === textNumbers.length) {
      const number = isEmptyCell(table, column, value) ? Number.NaN : measureOf(table, column, value);
      textNumbers.push(number);
      if (!Number.isNaN(number)) counter.addNumber(exactText(table, column, value) ?? String(number));
    }
    return textNumbers[text] ?? Number.NaN;
  };
  for (let row = 0; row < rows; row += 1) {
    if (row % STRIDE === 0) yield;
    const value = valueAt(table, row, at);
    const number = value === 0 ? Number.NaN : numberAt(value);
    if (Number.isNaN(number)) continue;
    const cell = { value, number };
    isLong ||= !isDate && !isShort(table, cell);
    if (count === 0 || isLess(table, column, cell, min, isLong)) min = cell;
    if (count === 0 || isLess(table, column, max, cell, isLong)) max = cell;
    numbers[count] = number;
    count += 1;
  }
  const sorted = yield* sortInSteps(numbers.subarray(0, count));
  const finite = sorted.subarray(positionOf(sorted, -Number.MAX_VALUE), positionOf(sorted, Number.POSITIVE_INFINITY));
  const allFinite = finite.length === count;
  return {
    rows,
    nulls: rows - count,
    distinct: counter.distinct(),
    measures:
      count === 0
        ? null
        : {
            min: cellText(table, min.value, MAX_TEXT),
            max: cellText(table, max.value, MAX_TEXT),
            mean: allFinite ? rounded(yield* meanOf(finite), column) : null,
            median: yield* medianOf(table, column, at, sorted, isLong),
          },
    bars: isDate ? dateBars(finite) : numberBars(finite, column.form),
    values: [],
  };
}

interface Cell {
  value: number;
  number: number;
}

const NO_CELL: Cell = { value: 0, number: 0 };

/** Whether no other number has the double of a cell. */
function isShort({ values: { from, to } }: Table, { value, number }: Cell): boolean {
  const length = (to[value] ?? 0) - (from[value] ?? 0);
  return (
    length <= MAX_EXACT &&
    Math.abs(number) < Number.POSITIVE_INFINITY &&
    (number === 0 ? length < MAX_ZERO : Math.abs(number) > MIN_EXACT)
  );
}

/** The number of a cell in all its digits; null for one with a unit or another decimal sign, and for dates. */
function exactText(table: Table, { type, form }: Column, value: number): string | null {
  if (kindOf(table.values, value) === "number") return sourceOf(table.values, value);
  if (type !== "number" || form?.kind !== "number" || form.decimal !== "." || form.scale !== null) return null;
  const text = cellText(table, value, MAX_TEXT).trim();
  return decimalOf(text) ? text : null;
}

/** Compares all digits where doubles are equal. */
function isLess(table: Table, column: Column, one: Cell, other: Cell, isLong: boolean): boolean {
  if (!isLong || one.number !== other.number) return one.number < other.number;
  return compareTexts(exactText(table, column, one.value), exactText(table, column, other.value)) < 0;
}

function compareTexts(one: string | null, other: string | null): number {
  const [first, second] = [decimalOf(one ?? ""), decimalOf(other ?? "")];
  return first && second ? compareDecimals(first, second) : 0;
}

function* meanOf(numbers: Float64Array): Generator<void, number> {
  let sum = 0;
  // What the sum lost to rounding (Neumaier).
  let lost = 0;
  for (const [at, number] of numbers.entries()) {
    const next = sum + number;
    lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    sum = next;
    if (at % (STRIDE * 16) === 0) yield;
  }
  if (Number.isFinite(sum)) return (sum + lost) / numbers.length;
  return numbers.reduce((mean, number) => mean + number / numbers.length, 0);
}

function* medianOf(
  table: Table,
  column: Column,
  at: number,
  sorted: Float64Array,
  isLong: boolean,
): Generator<void, string | null> {
  const [low, high] = [(sorted.length - 1) >>> 1, sorted.length >>> 1];
  const [lower = 0, upper = 0] = [sorted[low], sorted[high]];
  const between = lower / 2 + upper / 2;
  if (!isLong) {
    if (!Number.isFinite(between)) return null;
    return lower === upper ? measureWritten(lower, column) : rounded(between, column);
  }
  const texts: string[] = [];
  for (let row = 0; row < table.rows; row += 1) {
    if (row % STRIDE === 0) yield;
    const value = valueAt(table, row, at);
    const number = measureOf(table, column, value);
    if (number === lower || number === upper) texts.push(exactText(table, column, value) ?? String(number));
  }
  texts.sort(compareTexts);
  const first = positionOf(sorted, lower);
  const [one = "", other = ""] = [texts[low - first], texts[high - first]];
  if (compareTexts(one, other) === 0) return one;
  if (/^-?\d+$/.test(one) && /^-?\d+$/.test(other)) return halfText(BigInt(one) + BigInt(other));
  return Number.isFinite(between) ? rounded(between, column) : null;
}

function halfText(sum: bigint): string {
  const amount = sum < 0n ? -sum : sum;
  return `${sum < 0n ? "-" : ""}${amount / 2n}${amount % 2n === 0n ? "" : ".5"}`;
}

function measureWritten(number: number, { type }: Column): string {
  return type === "date" ? timeText(number) : String(number);
}

/** With two digits more than the numbers of the column have; dates to the minute. */
function rounded(number: number, { type, decimals }: Column): string {
  if (type === "date") return timeText(Math.round(number / MINUTE) * MINUTE);
  if (Math.abs(number) >= MAX_WRITTEN) return String(Number(number.toPrecision(6)));
  const text = String(Number(number.toFixed(decimals + 2)));
  return text === "0" ? String(Number(number.toPrecision(3))) : text;
}
