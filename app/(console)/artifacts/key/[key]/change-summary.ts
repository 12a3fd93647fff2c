import type { Artifact } from "#contract/artifact";
import { formatBytes, formatNumber } from "#formats/number";

type Measured = Pick<Artifact, "type" | "rows" | "number" | "size">;

/**
 * What changed from an older version to a newer one, in the measures of its kind: `+120 rows, size +4 %`, `+35`,
 * `+1.2 kB, +38 %`, or null where they are the same.
 */
export function changeSummary(newer: Measured, older: Measured): string | null {
  if (newer.type !== older.type) return `was ${older.type ?? "untyped"}`;
  if (newer.number !== null && older.number !== null) return signed(newer.number - older.number, formatNumber);
  const share = shareOf(newer.size, older.size);
  if (newer.rows !== null && older.rows !== null) {
    const rows = signed(newer.rows - older.rows, rowsOf);
    return [rows, share && `size ${share}`].filter(Boolean).join(", ") || null;
  }
  const size = signed(newer.size - older.size, formatBytes);
  return [size, share].filter(Boolean).join(", ") || null;
}

function rowsOf(rows: number): string {
  return `${formatNumber(rows)} ${rows === 1 ? "row" : "rows"}`;
}

/** By how many hundredths a size grew; too little to say, or beyond what hundredths say well, is null. */
function shareOf(newer: number, older: number): string | null {
  const percent = ((newer - older) / older) * 100;
  if (Math.abs(percent) < 0.1 || percent > 1000) return null;
  return signed(percent, (value) => `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(0)} %`);
}

function signed(change: number, write: (value: number) => string): string | null {
  if (change === 0) return null;
  return `${change > 0 ? "+" : "−"}${write(Math.abs(change))}`;
}
