import type { SeriesPoint } from "#contract/series";
import { type Overlay, overlayName } from "./overlay";

/** A line beside that of a key. */
export interface Line {
  overlay: Overlay;
  points: SeriesPoint[];
}

/** A row of the data of a chart: a version of the key, or of another key whose line is shown. */
interface ChartRow {
  /** Null for the key of the chart. */
  key: string | null;
  version: number;
  created: string;
  /** Of the first line and of those beside it; undefined where the version is no point of a line. */
  values: (number | undefined)[];
}

/** All points of a chart, the newest first. Those of one version are in one row. */
export function chartRows(points: SeriesPoint[], lines: Line[]): ChartRow[] {
  const rows = new Map<string, ChartRow>();
  const all = [{ key: null, points }, ...lines.map(({ overlay, points }) => ({ key: keyOf(overlay), points }))];
  for (const [line, { key, points }] of all.entries()) {
    for (const { version, created, value } of points) {
      const id = `${version} ${key ?? ""}`;
      const row = rows.get(id) ?? { key, version, created, values: all.map(() => undefined) };
      row.values[line] = value;
      rows.set(id, row);
    }
  }
  return [...rows.values()].sort((one, other) => order(other.created, one.created) || other.version - one.version);
}

function keyOf(overlay: Overlay): string | null {
  return "key" in overlay ? overlayName(overlay) : null;
}

/** Timestamps have a fixed length in UTC, so that their texts sort as they do. */
function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
