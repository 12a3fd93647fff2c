import type { Artifact } from "#contract/artifact";
import { formatBytes, formatNumber, rowCount, signed } from "#formats/number";

type Measured = Pick<Artifact, "type" | "rows" | "number" | "size">;

/**
 * The change between two versions in the measures of their type: `+120 rows, size +4 %`, `+35`, `+1.2 kB, +38 %`. Null
 * for none.
 */
export function changeSummary(newer: Measured, older: Measured): string | null {
  if (newer.type !== older.type) return `was ${older.type ?? "untyped"}`;
  if (newer.number !== null && older.number !== null) return signedOrNone(newer.number - older.number, formatNumber);
  const share = shareOf(newer.size, older.size);
  if (newer.rows !== null && older.rows !== null) {
    const rows = signedOrNone(newer.rows - older.rows, (value) => rowCount(newer.type, value));
    return [rows, share && `size ${share}`].filter(Boolean).join(", ") || null;
  }
  const size = signedOrNone(newer.size - older.size, formatBytes);
  return [size, share].filter(Boolean).join(", ") || null;
}

/** The growth in per cent; null below 0.1 % and above 1,000 %. */
function shareOf(newer: number, older: number): string | null {
  const percent = ((newer - older) / older) * 100;
  if (Math.abs(percent) < 0.1 || percent > 1000) return null;
  return signedOrNone(
    percent,
    (value) => `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : value.toFixed(0)} %`,
  );
}

function signedOrNone(change: number, format: (value: number) => string): string | null {
  return change === 0 ? null : signed(change, format);
}
