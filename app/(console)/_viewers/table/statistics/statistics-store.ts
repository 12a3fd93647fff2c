import type { ColumnStatistics } from "./column-statistics";

/** What is known of a column: null while it is computed, and `failed` where it cannot be. */
export type StatisticsState = ColumnStatistics | "failed" | null;

/** The statistics of a table's columns, each computed once and only while it is requested. */
export interface StatisticsStore {
  get(column: number): StatisticsState;
  /** Computes a column unless the returned function was called before its turn; `onChange` is called when it is known. */
  request(column: number, onChange: () => void): () => void;
}

/** Computes one column at a time in the order in which they are requested, so that those in view come first. */
export function createStatisticsStore(compute: (column: number) => Promise<ColumnStatistics | null>): StatisticsStore {
  const known = new Map<number, StatisticsState>();
  const requested = new Map<number, Set<() => void>>();
  let isBusy = false;
  const settle = (column: number, state: StatisticsState) => {
    isBusy = false;
    known.set(column, state);
    for (const onChange of requested.get(column) ?? []) onChange();
    computeNext();
  };
  const computeNext = () => {
    const column = [...requested.keys()].find((each) => !known.has(each));
    if (isBusy || column === undefined) return;
    isBusy = true;
    compute(column).then(
      (found) => settle(column, found ?? "failed"),
      () => settle(column, "failed"),
    );
  };
  return {
    get: (column) => known.get(column) ?? null,
    request(column, onChange) {
      const listeners = requested.get(column) ?? new Set();
      requested.set(column, listeners.add(onChange));
      computeNext();
      return () => {
        listeners.delete(onChange);
        if (listeners.size === 0) requested.delete(column);
      };
    },
  };
}
