const grouped = new Intl.NumberFormat("en-US");
const UNITS = ["B", "kB", "MB", "GB"];

/** A whole number with its thousands apart: `12,480`. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A number and its noun, in the plural where it is one: `1 version`, `2 versions`. */
export function pluralize(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** A size in bytes, in the unit that reads best: `812 B`, `4.1 kB`, `12 MB`. */
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

/** A number as a person writes it, at most six digits after the point. */
export function formatNumber(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}
