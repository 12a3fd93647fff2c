/** A number by its decimal digits, of any size and precision. */
export interface Decimal {
  sign: -1 | 0 | 1;
  /** Without zeros at either end. */
  digits: string;
  /** The power of ten by which `0.digits` is multiplied. */
  exponent: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;
const ZERO: Decimal = { sign: 0, digits: "", exponent: 0 };

/** Reads a number as JSON or a program writes it; null for any other text. */
export function decimalOf(text: string): Decimal | null {
  const [, sign, whole = "", fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  if (sign === undefined || (whole === "" && fraction === "")) return null;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = withoutEndZeros(digits);
  if (significant === "") return ZERO;
  return {
    sign: sign === "-" ? -1 : 1,
    digits: significant,
    exponent: Number(exponent) - fraction.length + digits.length,
  };
}

/** Less than 0 if the first number is less, 0 for equal ones. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  if (one.sign !== other.sign) return one.sign - other.sign;
  if (one.exponent !== other.exponent) return one.sign * (one.exponent - other.exponent);
  if (one.digits === other.digits) return 0;
  // Digits that continue those of another are more than these.
  return one.digits < other.digits ? -one.sign : one.sign;
}

/** A text that only equal numbers have. */
export function decimalText({ sign, digits, exponent }: Decimal): string {
  return sign === 0 ? "0" : `${sign < 0 ? "-" : ""}${digits}e${exponent - digits.length}`;
}

/** A regular expression takes quadratic time where many zeros are in the middle. */
function withoutEndZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
