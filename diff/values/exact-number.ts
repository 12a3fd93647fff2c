import type { Json } from "#contract/json";
import { compareDecimals, decimalOf } from "#formats/decimal";

/** Before the source of a number that a double cannot hold. Unicode reserves it, so that no text has it. */
const MARK = "\ufdd0";
const STRING_OR_NUMBER = /"(?:[^"\\]+|\\.)*"|-?\d[\d.eE+-]*/g;
/** What only a text with such a number has: many digits in a row, or a large exponent. */
const MANY_DIGITS = /[\d.]{16}|[eE][+-]?\d{3}/;

/** Parses JSON; a number that a double would change, such as an integer beyond 2^53, becomes a text that `jsonText` knows. */
export function parseNumbersExactly(text: string): Json {
  if (!MANY_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(
    text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') || isExact(token) ? token : JSON.stringify(MARK + token),
    ),
  );
}

/** The source of a number that a double cannot hold; null for any other value. */
export function exactNumber(value: Json | undefined): string | null {
  return typeof value === "string" && value.startsWith(MARK) ? value.slice(1) : null;
}

/** Writes JSON with the source of such numbers. */
export function jsonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  return text.includes(MARK) ? text.replace(/"\ufdd0(-?\d[\d.eE+-]*)"/g, "$1") : text;
}

function isExact(number: string): boolean {
  const [written, stored] = [decimalOf(number), decimalOf(JSON.stringify(Number(number)))];
  return written !== null && stored !== null && compareDecimals(written, stored) === 0;
}
