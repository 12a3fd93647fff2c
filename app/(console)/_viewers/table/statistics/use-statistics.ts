import { useMemo, useSyncExternalStore } from "react";
import { storedText } from "#app/_ui/stored-text";
import type { ColumnStatistics } from "./column-statistics";
import { createStatisticsStore, type StatisticsStore } from "./statistics-store";

/** Computes the statistics of columns without blocking the page. */
export interface StatisticsReader {
  /** As `columnStatistics`. */
  statistics(column: number): Promise<ColumnStatistics | null>;
}

/** Of a smaller table, the statistics are shown only once they were asked for. */
const MIN_ROWS = 20;

const stored = storedText("table-statistics");

/**
 * The statistics of a table, null while they are hidden. This browser remembers for all tables whether the reader shows
 * or hides them.
 */
export function useStatistics(reader: StatisticsReader, rows: number): [StatisticsStore | null, toggle: () => void] {
  const choice = useSyncExternalStore(stored.subscribe, stored.read, () => null);
  const store = useMemo(() => createStatisticsStore((column) => reader.statistics(column)), [reader]);
  const isShown = rows > 0 && (choice === null ? rows >= MIN_ROWS : choice === "shown");
  return [isShown ? store : null, () => stored.write(isShown ? "hidden" : "shown")];
}
