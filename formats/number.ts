import type { Artifact } from "#contract/artifact";
import { FILES } from "#contract/file-type";

const wholeNumber = new Intl.NumberFormat("en-US");
const sixDecimals = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });
const UNITS = ["B", "kB", "MB", "GB"];

/** A whole number with thousands separators: `12,480`. */
export function formatCount(value: number): string {
  return wholeNumber.format(value);
}

/** A count with its noun: `1 version`, `2 versions`. */
export function pluralize(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A size in bytes with a decimal unit: `812 B`, `4.1 kB`, `12 MB`. */
export function formatBytes(size: number): string {
  let value = size;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** How much of a size is there, with the unit once if both have the same: `30 of 60 MB`. */
export function formatBytesOf(part: number, size: number): string {
  const [some, all] = [formatBytes(Math.min(part, size)), formatBytes(size)];
  const unit = all.slice(all.indexOf(" "));
  return `${some.endsWith(unit) ? some.slice(0, -unit.length) : some} of ${all}`;
}

/** A number with thousands separators and at most six decimals; a smaller one with three digits: `2e-14`. */
export function formatNumber(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-6) return `${Number(value.toPrecision(3))}`;
  return sixDecimals.format(value);
}

/** A number with at most four significant digits, or all of its whole ones: `94.85`, `0.001235`, `123,457`. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-6)) return `${Number(value.toPrecision(3))}`;
  if (Math.abs(value) >= 1000) return formatCount(Math.round(value));
  return `${Number(value.toPrecision(4))}`;
}

/** How many rows a table has, or how many files a folder. */
export function rowCount(type: string | null, rows: number): string {
  return pluralize(rows, type === FILES ? "file" : "row");
}

/** The size of an artifact in the unit of its type: rows, per cent, a number or bytes. */
export function contentSize(artifact: Pick<Artifact, "type" | "rows" | "number" | "size">): string {
  if (artifact.rows !== null) return rowCount(artifact.type, artifact.rows);
  if (artifact.number === null) return formatBytes(artifact.size);
  return artifact.type === "progress" ? `${formatNumber(artifact.number)} %` : formatNumber(artifact.number);
}

/** A change with its sign; `format` writes its amount: `+3`, `−1.2 kB`. */
export function signed(change: number, format: (amount: number) => string): string {
  return `${change > 0 ? "+" : "−"}${format(Math.abs(change))}`;
}

/** The change from one number to another: `+3.04`, and its share of the first: `+0.74 %`, null for 0. Null for no change. */
export function numberChange(from: number, to: number): { step: string; share: string | null } | null {
  if (from === to) return null;
  const sign = to > from ? "+" : "−";
  const step = Number(Math.abs(to - from).toPrecision(12));
  const share = from === 0 ? null : Math.round((Math.abs(to - from) / Math.abs(from)) * 10_000) / 100;
  return {
    step: `${sign}${formatNumber(step)}`,
    share:
      share === null || !Number.isFinite(share) ? null : `${sign}${share < 0.01 ? "<0.01" : formatNumber(share)} %`,
  };
}
