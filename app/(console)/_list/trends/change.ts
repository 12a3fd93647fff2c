import type { Artifact } from "#contract/artifact";
import type { Trend, TrendPoint } from "#contract/series";
import { formatBytes, formatNumber, rowCount, shortNumber, signed } from "#formats/number";

type Measured = Pick<Artifact, "type" | "version" | "number" | "rows" | "size">;

/** The difference of a version from the one before it: as text, and what both have. */
export interface Change {
  text: string;
  title: string;
}

/** The change since the greatest existing version below, by number, else by rows, else by size; null for a first version. */
export function changeOf(row: Measured, trend: Trend | undefined): Change | null {
  const before = trend?.points.findLast(({ version }) => version < (row.version ?? 0));
  if (!before) return null;
  const title = (from: string, to: string) => `v${before.version} → v${row.version}: ${from} → ${to}`;
  if (row.number !== null && before.number !== null) {
    return {
      text: signedOrSame(row.number - before.number, shortDifference),
      title: title(formatNumber(before.number), formatNumber(row.number)),
    };
  }
  if (row.rows !== null && before.rows !== null && row.rows !== before.rows) {
    return {
      text: signedOrSame(row.rows - before.rows, (value) => rowCount(row.type, value)),
      title: title(rowCount(row.type, before.rows), rowCount(row.type, row.rows)),
    };
  }
  const bytes = title(formatBytes(before.size), formatBytes(row.size));
  // Equal sizes say nothing about the content.
  return { text: row.size === before.size ? "same size" : signed(row.size / before.size - 1, percent), title: bytes };
}

const compact = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

function shortDifference(value: number): string {
  return value >= 100_000 ? compact.format(value) : shortNumber(Number(value.toPrecision(3)));
}

function percent(value: number): string {
  if (value >= 10) return `${shortNumber(Math.round(value * 100))} %`;
  return value < 0.0005 ? "<0.1 %" : `${Number((100 * value).toPrecision(2))} %`;
}

function signedOrSame(value: number, format: (absolute: number) => string): string {
  return value === 0 ? "same" : signed(value, format);
}

/** The values of a small chart up to a version, oldest first: numbers, else rows, else sizes, as the version has them. */
export function valuesUntil(row: Measured, trend: Trend | undefined): number[] {
  const measure = row.number !== null ? "number" : row.rows !== null ? "rows" : "size";
  const until = trend?.points.filter(({ version }) => version <= (row.version ?? 0)) ?? [];
  return until.map((point: TrendPoint) => point[measure]).filter((value) => value !== null);
}
