import type { Artifact } from "#contract/artifact";
import { bytes, decimal } from "#reading/measure";

type Measured = Pick<Artifact, "type" | "rows" | "number" | "size">;

/** What changed from an older version to a newer one, in the measure of its kind: `+120 rows`, `+4`, `+1.2 kB`, or null where that is the same. */
export function changeOf(newer: Measured, older: Measured): string | null {
  if (newer.type !== older.type) return `was ${older.type ?? "untyped"}`;
  if (newer.rows !== null && older.rows !== null) return rowsChange(newer.rows - older.rows);
  if (newer.number !== null && older.number !== null) {
    const change = newer.number - older.number;
    return change === 0 ? null : `${signOf(change)}${decimal(Math.abs(change))}`;
  }
  const change = newer.size - older.size;
  return change === 0 ? null : `${signOf(change)}${bytes(Math.abs(change))}`;
}

function rowsChange(change: number): string | null {
  if (change === 0) return null;
  return `${signOf(change)}${decimal(Math.abs(change))} ${Math.abs(change) === 1 ? "row" : "rows"}`;
}

function signOf(change: number): string {
  return change > 0 ? "+" : "−";
}
