import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareDecimals, type Decimal, decimalOf, decimalText } from "./decimal";

function decimal(text: string): Decimal {
  const found = decimalOf(text);
  if (!found) throw new Error(`Not a number: ${text}`);
  return found;
}

describe("decimals", () => {
  it.each(["", ".", "x", "1x", "--1", "1e", "Infinity", "1,5"])("are not %j", (text) => {
    expect(decimalOf(text)).toBeNull();
  });

  it.each([
    ["1", "1.0", "10e-1", "+1", "01"],
    ["-0", "0", "0.00", "0e5"],
    ["1.5e3", "1500", "15E2", "1500.0"],
    ["-12345678901234567890", "-1234567890123456789e1", "-12345678901234567890.0"],
    ["0.001", ".001", "1e-3"],
  ])("have one text for %s, %s, %s and so on", (...texts) => {
    expect(new Set(texts.map((text) => decimalText(decimal(text)))).size).toBe(1);
  });

  it("are ordered as integers are, whatever their size", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.nat(30), (one, other, places) => {
        const order = one < other ? -1 : one > other ? 1 : 0;
        const [first, second] = [decimal(`${one}e-${places}`), decimal(`${other}e-${places}`)];
        expect(Math.sign(compareDecimals(first, second))).toBe(order);
        expect(decimalText(first) === decimalText(second)).toBe(order === 0);
      }),
    );
  });

  it("are ordered as doubles are", () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(double, double, (one, other) => {
        const order = compareDecimals(decimal(String(one)), decimal(String(other)));
        expect(Math.sign(order)).toBe(one < other ? -1 : one > other ? 1 : 0);
      }),
    );
  });
});
