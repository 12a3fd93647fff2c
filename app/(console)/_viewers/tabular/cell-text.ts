import type { TableBuilder } from "#formats/delimited/table-builder";

/** In characters: a longer text of a cell is cut. */
const MAX_TEXT = 64 * 1024;
/** In bytes: how much of binary data is shown. */
const MAX_HEX = 64;

/** Writes a value of a column to a table. */
export type CellWriter = (builder: TableBuilder, value: unknown) => number;

/** Adds a value: null as none, integers exactly, bytes as text or in hex, lists and objects as JSON. */
export function addValue(builder: TableBuilder, value: unknown): number {
  switch (typeof value) {
    case "undefined":
      return 0;
    case "string":
      return builder.addText(cut(value));
    case "number":
      return Number.isFinite(value) ? builder.addJson(`${value}`) : builder.addText(`${value}`);
    case "bigint":
    case "boolean":
      return builder.addJson(`${value}`);
  }
  if (value === null) return 0;
  if (value instanceof Uint8Array) return builder.addText(cut(textOfBytes(value)));
  const json = jsonOf(value);
  return json.length <= MAX_TEXT ? builder.addJson(json) : builder.addText(cut(json));
}

/** A number of the smaller precision, with the digits that it has. */
export function addFloat(builder: TableBuilder, value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return addValue(builder, value);
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return builder.addJson(`${short}`);
  }
  return builder.addJson(`${value}`);
}

/** An integer, also as big-endian bytes in two's complement. */
export function integerIn(value: unknown): bigint | null {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  if (!(value instanceof Uint8Array) || value.length === 0 || value.length > 64) return null;
  const hex = Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return BigInt.asIntN(8 * value.length, BigInt(`0x${hex}`));
}

/** An exact decimal number, by its digits without the point. */
export function decimalText(unscaled: bigint, scale: number): string {
  const digits = `${unscaled < 0n ? -unscaled : unscaled}`.padStart(scale + 1, "0");
  const at = digits.length - scale;
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, at)}${scale > 0 ? "." : ""}${digits.slice(at)}`;
}

/** A date and time of the proleptic Gregorian calendar in ISO 8601, by its units since 1970. */
export function timestampText(units: bigint, perSecond: 1n | 1000n | 1_000_000n | 1_000_000_000n): string {
  const rest = ((units % perSecond) + perSecond) % perSecond;
  const seconds = (units - rest) / perSecond;
  if (seconds < -8_640_000_000_000n || seconds > 8_640_000_000_000n) return `${units}`;
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, -5);
  return date + fractionText(rest, perSecond);
}

/** A time of day. */
export function timeText(units: bigint, perSecond: bigint): string {
  const seconds = units / perSecond;
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n];
  return parts.map((part) => `${part}`.padStart(2, "0")).join(":") + fractionText(units % perSecond, perSecond);
}

export function dateText(days: number): string {
  const date = new Date(days * 86_400_000);
  return Number.isNaN(date.getTime()) ? `${days}` : date.toISOString().replace(/T.*/, "");
}

function fractionText(rest: bigint, perSecond: bigint): string {
  const digits = `${perSecond}`.length - 1;
  if (rest === 0n || digits === 0) return "";
  const text = `${rest}`.padStart(digits, "0");
  return `.${text.replace(/^(\d{3}(?:\d{3})*?)(?:000)+$/, "$1")}`;
}

/** Text in UTF-8 as such, other bytes in hex: the first ones, and how many there are. */
function textOfBytes(bytes: Uint8Array): string {
  const text = printable(bytes.subarray(0, MAX_TEXT));
  if (text !== null) return text;
  const hex = Array.from(bytes.subarray(0, MAX_HEX), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return bytes.length > MAX_HEX ? `0x${hex}… (${bytes.length} bytes)` : `0x${hex}`;
}

const strict = new TextDecoder("utf-8", { fatal: true });

function printable(bytes: Uint8Array): string | null {
  try {
    const text = strict.decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they show that bytes are not text
    return /[\u0000-\u0008\u000e-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}… (${text.length} characters)`;
}

function jsonOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint") return `${value}`;
  if (typeof value === "number") return Number.isFinite(value) ? `${value}` : `"${value}"`;
  if (value instanceof Uint8Array) return JSON.stringify(textOfBytes(value));
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (value instanceof Map) return jsonOf(Object.fromEntries(value));
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `[${Array.from(Object.values(value), jsonOf).join(",")}]`;
  if (typeof value !== "object") return JSON.stringify(value) ?? "null";
  return `{${Object.entries(value)
    .map(([name, member]) => `${JSON.stringify(name)}:${jsonOf(member)}`)
    .join(",")}}`;
}
