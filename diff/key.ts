import type { Json } from "#contract/json";
import type { ParsedTable } from "#formats/table";
import { valueText } from "./cell";
import { type Column, isShared, type SharedColumn } from "./columns";

const MAX_COLUMNS = 40;
const MAX_PAIRED_COLUMNS = 8;
const MIN_OVERLAP = 0.2;
/** Of numbers, which may be the same by chance. */
const MIN_NUMBER_OVERLAP = 0.5;
const ID_NAME = /(^|[_\s-])(id|key|code|uuid|slug)$/i;
const CAMEL_CASE_ID = /[a-z\d](Id|Key|Code|Uuid)$/;
const LABEL_NAME = /(^|[_\s-])(name|symbol|date|day|time|timestamp)$/i;
const POSITION_NAME = /^(#|no|nr|rank|row|index|position|place)\.?$/i;

interface Candidate {
  columns: SharedColumn[];
  /** The share of the shorter side's rows that are on both sides. */
  overlap: number;
  /** Whether all of them are, and the columns do not just count rows. */
  full: boolean;
  score: number;
}

/**
 * The columns that identify rows: one column, or else two together, whose values are unique on each side and of which
 * enough are on both. Empty if there are none.
 */
export function inferKey(from: ParsedTable, to: ParsedTable, columns: Column[]): SharedColumn[] {
  const shared = columns.filter(isShared).slice(0, MAX_COLUMNS);
  const singles = candidatesAmong(
    from,
    to,
    shared.map((column) => [column]),
  );
  const isLikely = ({ columns: [column], full, overlap }: Candidate) =>
    full || !column || hasKeyName(column) || !isNumber(from, column) || (overlap >= MIN_NUMBER_OVERLAP && !isNamed);
  const isNamed = shared.some(hasKeyName);
  const single = bestOf(singles.filter(isLikely));
  // Numbers that identify rows only by chance are worse than a name and a day together.
  const isChance =
    single?.full === true && single.columns.every((column) => !hasKeyName(column) && isNumber(from, column));
  if (single && !isChance && (single.full || single.columns.every(hasKeyName))) return single.columns;
  const unique = new Set(singles.flatMap((candidate) => candidate.columns));
  const parts = shared.filter((column) => !unique.has(column) && (!isChance || hasKeyName(column)));
  const pairs = candidatesAmong(from, to, pairsOf(from, to, parts));
  return bestOf(single ? [single, ...pairs] : pairs)?.columns ?? [];
}

/**
 * The columns that identify rows by their names, such as `id` or `date`, where few or no rows are on both sides. Empty if
 * there are none.
 */
export function keyOfOtherRows(from: ParsedTable, to: ParsedTable, columns: Column[]): SharedColumn[] {
  const named = columns.filter(isShared).slice(0, MAX_COLUMNS).filter(hasKeyName);
  const sets = [...named.map((column) => [column]), ...pairsOf(from, to, named)];
  return sets.find((set) => overlapOf(from, to, set) !== null) ?? [];
}

function pairsOf(from: ParsedTable, to: ParsedTable, columns: SharedColumn[]): SharedColumn[][] {
  const parts = columns
    .filter((column) => canBePartOfKey(from, column.from) && canBePartOfKey(to, column.to))
    .slice(0, MAX_PAIRED_COLUMNS);
  return parts.flatMap((first, at) => parts.slice(at + 1).map((second) => [first, second]));
}

/** The sets of columns whose values are unique on both sides, with their scores. */
function candidatesAmong(from: ParsedTable, to: ParsedTable, sets: SharedColumn[][]): Candidate[] {
  return sets.flatMap((columns, at) => {
    const overlap = overlapOf(from, to, columns);
    if (overlap === null) return [];
    const full = overlap === 1 && !columns.some((column) => isPosition(from, to, column));
    return [{ columns, overlap, full, score: overlap + (full ? 1 : 0) + bonus(from, columns) - at * 1e-3 }];
  });
}

function bestOf(candidates: Candidate[]): Candidate | null {
  return candidates
    .filter(({ overlap, score }) => overlap >= MIN_OVERLAP && score > 0)
    .reduce<Candidate | null>((best, each) => (best === null || each.score > best.score ? each : best), null);
}

/** Null if a value repeats on one side, or is not the name of a row. */
function overlapOf(from: ParsedTable, to: ParsedTable, columns: SharedColumn[]): number | null {
  const before = namesOf(
    from,
    columns.map((column) => column.from),
  );
  const after =
    before &&
    namesOf(
      to,
      columns.map((column) => column.to),
    );
  if (!before || !after) return null;
  let common = 0;
  for (const name of after) if (before.has(name)) common += 1;
  return common / Math.max(1, Math.min(before.size, after.size));
}

/** Prefers `id` and the like to `name` and the like, these to others, text to numbers, and avoids row numbers. */
function bonus(from: ParsedTable, columns: SharedColumn[]): number {
  let sum = 0;
  for (const { name, from: at } of columns) {
    if (hasIdName(name)) sum += 0.5;
    else if (LABEL_NAME.test(name)) sum += 0.2;
    if (POSITION_NAME.test(name)) sum -= 0.5;
    if (typeof from.rows[0]?.[at] === "string") sum += 0.15;
  }
  return sum / columns.length;
}

function isNumber({ rows }: ParsedTable, { from: at }: SharedColumn): boolean {
  return typeof rows[0]?.[at] === "number";
}

/** How likely a column of this name identifies rows: 2 for `id` and the like, 1 for `name` and the like, −1 for row numbers. */
export function keyNameRank(name: string): -1 | 0 | 1 | 2 {
  if (hasIdName(name)) return 2;
  return LABEL_NAME.test(name) ? 1 : POSITION_NAME.test(name) ? -1 : 0;
}

function hasIdName(name: string): boolean {
  return ID_NAME.test(name) || CAMEL_CASE_ID.test(name);
}

function hasKeyName({ name }: Column): boolean {
  return hasIdName(name) || LABEL_NAME.test(name);
}

/** Whether a column counts rows from 0 or 1 on both sides, which says nothing about what is in them. */
function isPosition(from: ParsedTable, to: ParsedTable, column: SharedColumn): boolean {
  if (hasIdName(column.name)) return false;
  return POSITION_NAME.test(column.name) || (countsRows(from, column.from) && countsRows(to, column.to));
}

/** Expects unique values. */
function countsRows({ rows }: ParsedTable, position: number): boolean {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const cell = row[position];
    if (typeof cell !== "number" || !Number.isInteger(cell)) return false;
    least = Math.min(least, cell);
    most = Math.max(most, cell);
  }
  return (least === 0 || least === 1) && most - least === rows.length - 1;
}

/** The names of all rows; null if two rows have the same name or a row has none. */
function namesOf(table: ParsedTable, positions: number[]): Set<string> | null {
  const found = new Set<string>();
  for (const row of table.rows) {
    const name = rowName(row, positions);
    if (name === null || found.has(name)) return null;
    found.add(name);
  }
  return found;
}

/**
 * The name of a row by its cells at these positions, the same for a number and its text, so that rows are found again
 * after a change of type. Null if a cell is empty, a list or an object.
 */
export function rowName(row: (Json | undefined)[], positions: number[]): string | null {
  const cells = positions.map((at) => row[at]);
  if (cells.some((cell) => cell === undefined || cell === null || cell === "" || typeof cell === "object")) return null;
  return JSON.stringify(cells.map(valueText));
}

/** Whether a column can be part of a key: strings or integers in its first 100 rows. */
function canBePartOfKey(table: ParsedTable, position: number): boolean {
  return table.rows.slice(0, 100).every((row) => typeof row[position] === "string" || Number.isInteger(row[position]));
}
