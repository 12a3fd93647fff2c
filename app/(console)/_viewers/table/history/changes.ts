import type { SeriesPoint } from "#contract/series";
import { numberFormOf, numberIn } from "#formats/quantity";
import type { HistoryCell, RowInVersion } from "./row-in";
import type { HistoryEntry } from "./use-row-history";

/** A line of the table of a row's history. */
export interface HistoryLine {
  entry: HistoryEntry;
  /** The labels of the cells that differ from the version before; null where that is not known. */
  changed: Set<string> | null;
  /** Whether the row is the same as in the version before. */
  same: boolean;
}

/** The lines of entries, newest first, each compared with the next older one that was read. */
export function linesOf(entries: HistoryEntry[]): HistoryLine[] {
  return entries.map((entry, at) => {
    const before = entries[at + 1];
    if (!before?.row || !entry.row) return { entry, changed: null, same: false };
    const changed = changedCells(before.row, entry.row);
    return { entry, changed, same: changed.size === 0 && isPresent(before.row) === isPresent(entry.row) };
  });
}

function isPresent(row: RowInVersion): boolean {
  return "cells" in row;
}

function changedCells(before: RowInVersion, after: RowInVersion): Set<string> {
  const [old, cells] = [cellsOf(before), cellsOf(after)];
  // A row that appears or disappears has no changed cells.
  if (!isPresent(before) || !isPresent(after)) return new Set();
  const labels = new Set([...Object.keys(old), ...Object.keys(cells)]);
  return new Set([...labels].filter((label) => old[label]?.signature !== cells[label]?.signature));
}

function cellsOf(row: RowInVersion | null): Record<string, HistoryCell> {
  return row && "cells" in row ? row.cells : {};
}

/** All columns of the row, those of the newest version first. */
export function columnsIn(entries: HistoryEntry[]): string[] {
  return [...new Set(entries.flatMap(({ row }) => Object.keys(cellsOf(row))))];
}

export function cellIn({ row }: HistoryEntry, label: string): HistoryCell | undefined {
  return cellsOf(row)[label];
}

/** The number that a column has in each version that has one, oldest first; null where its values are not numbers. */
export function seriesOf(entries: HistoryEntry[], label: string): SeriesPoint[] | null {
  const cells = entries.flatMap(({ version, created, row }) => {
    const cell = cellsOf(row)[label];
    return cell && cell.signature !== "null" ? [{ version, created, cell }] : [];
  });
  const texts = cells.flatMap(({ cell }) => (cell.number === null ? [cell.text] : []));
  const form = texts.length > 0 ? numberFormOf(texts) : null;
  if (cells.length === 0 || (texts.length > 0 && !form)) return null;
  const points = cells.map(({ version, created, cell }) => ({
    version,
    created,
    flowRunId: null,
    value: cell.number ?? (form ? numberIn(cell.text, form) : Number.NaN),
  }));
  return points.filter(({ value }) => Number.isFinite(value)).toReversed();
}
