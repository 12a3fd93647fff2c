import type { Column } from "#formats/column";
import { runToEnd } from "#formats/steps";
import type { Table } from "#formats/table";
import { valueAt } from "#formats/table";
import { contains, type Predicate, parseFilter } from "./filter";
import { type Sort, sortRows } from "./row-order";
import { searchRows } from "./row-search";

/** Which rows of a table are shown, and in what order. */
export interface RowQuery {
  /** A text that any cell of the row contains. */
  search: string;
  /** Filters by column number, as `parseFilter` reads them. */
  filters: Record<number, string>;
  sort: Sort | null;
}

export const NO_QUERY: RowQuery = { search: "", filters: {}, sort: null };

/** How many rows are filtered without a pause. */
const ROWS_PER_STEP = 2000;

/** The row numbers that match, sorted. Equal rows keep their order. */
export function queryRows(table: Table, columns: Column[], query: RowQuery): Uint32Array {
  return runToEnd(queryInSteps(table, columns, query));
}

/** As `queryRows`, in steps of a few milliseconds. */
export function* queryInSteps(
  table: Table,
  columns: Column[],
  { search, filters, sort }: RowQuery,
): Generator<void, Uint32Array> {
  const order = yield* filterRows(table, columns, search.trim(), filters);
  const column = sort && columns[sort.column];
  return sort && column ? yield* sortRows(table, column, sort, order) : order;
}

function* filterRows(
  table: Table,
  columns: Column[],
  search: string,
  filters: RowQuery["filters"],
): Generator<void, Uint32Array> {
  const tests = columns.flatMap((column, at): [number, Predicate][] => {
    const test = parseFilter(table, column, filters[at] ?? "");
    return test ? [[at, test]] : [];
  });
  const order = new Uint32Array(table.rows);
  if (tests.length === 0 && search === "") return order.map((_, row) => row);
  let count = 0;
  const put = (row: number) => {
    if (!tests.every(([column, test]) => test(valueAt(table, row, column)))) return;
    order[count] = row;
    count += 1;
  };
  if (search !== "") yield* searchRows(table, search, contains(table, search), put);
  else {
    for (let row = 0; row < table.rows; row += 1) {
      if (row % ROWS_PER_STEP === 0) yield;
      put(row);
    }
  }
  return order.slice(0, count);
}
