/** The number that a text spells, with a fraction or exponent; null where it is none or too large. */
export function numberOf(text: string): number | null {
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

const UNITS: Record<string, number> = {
  "": 1,
  b: 1,
  ...{ k: 1e3, kb: 1e3, m: 1e6, mb: 1e6, g: 1e9, gb: 1e9 },
  ...{ ki: 1024, kib: 1024, mi: 1024 ** 2, mib: 1024 ** 2, gi: 1024 ** 3, gib: 1024 ** 3 },
};

/** The units of sizes, as they are shown. */
export const SIZE_UNITS = ["B", "kB", "MB", "GB", "KiB", "MiB", "GiB"];

/** Bytes, of a number with a unit in either case: 1 kB is 1,000 bytes, 1 KiB is 1,024. Null for another text. */
export function bytesOf(text: string): number | null {
  const [, number = "", unit = ""] = /^([\d.]+(?:e\+?\d+)?)([a-z]*)$/i.exec(text) ?? [];
  const value = numberOf(number);
  const factor = Object.hasOwn(UNITS, unit.toLowerCase()) ? UNITS[unit.toLowerCase()] : undefined;
  return value === null || factor === undefined ? null : value * factor;
}

/** The next greater double. */
export function nextUp(number: number): number {
  if (number === 0) return Number.MIN_VALUE;
  if (!Number.isFinite(number)) return number;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, number);
  bits.setBigInt64(0, bits.getBigInt64(0) + (number > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

/** The next smaller double. */
export function nextDown(number: number): number {
  return -nextUp(-number);
}
