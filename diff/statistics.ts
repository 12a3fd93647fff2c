import type { Json } from "#contract/json";
import { formatNumber } from "#formats/number";
import type { ParsedTable } from "#formats/table";
import { valueText } from "./cell";
import type { Column } from "./columns";
import { canonical, numberOf } from "./equal";

/** What a column holds on one side. */
export interface ColumnStatistics {
  /** Cells that are missing, null or empty. */
  nulls: number;
  distinct: number;
  /** The least and greatest number, or text in the order of its characters; null if there is none. */
  min: Json;
  max: Json;
  /** Null for a column that has no numbers. */
  mean: number | null;
}

/** A column before and after; null where it does not exist. */
export interface ColumnComparison {
  name: string;
  from: ColumnStatistics | null;
  to: ColumnStatistics | null;
}

/** The statistics of every column on both sides. */
export function compareColumns(from: ParsedTable, to: ParsedTable, columns: Column[]): ColumnComparison[] {
  return columns.map((column) => ({
    name: column.name,
    from: column.from === null ? null : statisticsOf(from, column.from),
    to: column.to === null ? null : statisticsOf(to, column.to),
  }));
}

/** A measure of a column before and after, as text; `–` where there is none. */
export interface StatisticsLine {
  label: "min" | "mean" | "max" | "nulls" | "distinct";
  from: string;
  to: string;
}

/** The measures of a column, in the order in which they are shown. */
export function statisticsLines({ from, to }: ColumnComparison): StatisticsLine[] {
  const labels = ["min", "mean", "max", "nulls", "distinct"] as const;
  return labels.map((label) => ({ label, from: measureText(from?.[label]), to: measureText(to?.[label]) }));
}

function measureText(value: Json | undefined): string {
  if (value === null || value === undefined) return "–";
  return typeof value === "number" ? formatNumber(value) : valueText(value);
}

function statisticsOf({ rows }: ParsedTable, column: number): ColumnStatistics {
  const seen = new Set<string>();
  let [nulls, numbers, sum] = [0, 0, 0];
  let [leastNumber, mostNumber] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let leastText: string | null = null;
  let mostText: string | null = null;
  for (const row of rows) {
    const cell = row[column];
    if (cell === undefined || cell === null || cell === "") {
      nulls += 1;
      continue;
    }
    seen.add(canonical(cell));
    const number = numberOf(cell);
    if (number === null) {
      const text = valueText(cell);
      if (leastText === null || text < leastText) leastText = text;
      if (mostText === null || text > mostText) mostText = text;
      continue;
    }
    numbers += 1;
    sum += number;
    leastNumber = Math.min(leastNumber, number);
    mostNumber = Math.max(mostNumber, number);
  }
  const counted = { nulls, distinct: seen.size };
  if (numbers === 0) return { ...counted, min: leastText, max: mostText, mean: null };
  return { ...counted, min: leastNumber, max: mostNumber, mean: sum / numbers };
}
