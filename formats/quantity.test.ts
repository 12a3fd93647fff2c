import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMissing, numberFormOf, numberIn } from "./quantity";

/** The numbers that a column of texts stands for; null where it is not one of numbers. */
function numbers(...texts: string[]): number[] | null {
  const form = numberFormOf(texts);
  return form && texts.map((text) => numberIn(text, form));
}

describe("a column of texts that are numbers", () => {
  it.each<[title: string, texts: string[], values: number[]]>([
    ["signs", ["-3.25", "−10", "+1.5", "(2.50)"], [-3.25, -10, 1.5, -2.5]],
    ["decimals without a zero", [".097", "-.5", "1.", " 12 "], [0.097, -0.5, 1, 12]],
    ["thousands", ["1,747,261", "3,185", "4", "12.50"], [1_747_261, 3185, 4, 12.5]],
    ["thousands by spaces", ["1 234 567", "1\u00a0234", "1\u202f234,5"], [1_234_567, 1234, 1234.5]],
    ["thousands by apostrophes", ["1'234'567", "1’234.5"], [1_234_567, 1234.5]],
    ["Indian groups", ["12,34,567", "1,00,000.5"], [1_234_567, 100_000.5]],
    ["a decimal comma", ["1.234,50", "2,5", "1.000"], [1234.5, 2.5, 1000]],
    ["a decimal comma without thousands", ["0,125", "12,3"], [0.125, 12.3]],
    ["exponents", ["1e3", "-2.5E-2"], [1000, -0.025]],
    ["per cent", ["12 %", "-3%", "0"], [12, -3, 0]],
    ["currencies", ["$1,000,000", "-$30", "$-2", "$20.50"], [1_000_000, -30, -2, 20.5]],
    ["currencies after the number", ["1.234,50 €", "3 €"], [1234.5, 3]],
    ["currency codes", ["EUR 5", "EUR 1,000"], [5, 1000]],
    ["one unit", ["12 ms", "3.5ms", "0"], [12, 3.5, 0]],
    ["one unit of several words", ["1 row", "12 rows"], [1, 12]],
    ["units that convert", ["512 B", "1.5 kB", "2 MB"], [512, 1500, 2_000_000]],
    ["units of time", ["90 s", "2min", "500 ms"], [90, 120, 0.5]],
    ["currencies with a short scale", ["$950", "$1.2M", "-$3k"], [950, 1_200_000, -3000]],
    ["short scales", ["950", "1.2k", "3M"], [950, 1200, 3_000_000]],
    ["infinity", ["1", "Infinity", "-Infinity", "∞", "-inf"], [1, Infinity, -Infinity, Infinity, -Infinity]],
  ])("%s", (_, texts, values) => {
    expect(numbers(...texts)).toEqual(values);
  });

  it("leaves out words for missing values", () => {
    expect(numbers("1", "NA", "n/a", "NaN", "null", "-", "", " ")).toEqual([1, ...new Array(7).fill(Number.NaN)]);
    expect(isMissing("Namibia")).toBe(false);
  });

  it.each([
    ["words", ["1", "two"]],
    ["nothing but missing values", ["NA", "-"]],
    ["two currencies", ["$1", "€2"]],
    ["units that do not convert", ["1 kg", "2 m"]],
    ["two decimal signs", ["1,5", "1.5"]],
    ["thousands in groups of two", ["1,23,45"]],
    ["versions", ["1.2.3"]],
    ["dates", ["2026-01-31"]],
    ["addresses", ["10.0.0.1", "10.0.0.12"]],
    ["identifiers", ["12abcd", "34efgh"]],
    ["two signs", ["--1", "-$-1"]],
    ["an hour", ["10:30"]],
  ])("is not recognized in %s", (_, texts) => {
    expect(numbers(...texts)).toBeNull();
  });

  it("keeps the order of numbers, however they are written", () => {
    const locale = fc.constantFrom("en-US", "de-DE", "fr-FR", "de-CH", "en-IN", "sv-SE");
    const style = fc.constantFrom<Intl.NumberFormatOptions>(
      {},
      { style: "percent", maximumFractionDigits: 4 },
      { style: "currency", currency: "EUR" },
      { style: "currency", currency: "USD", currencySign: "accounting" },
      { style: "unit", unit: "kilogram" },
    );
    const values = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(locale, style, values, (name, options, whole) => {
        const format = new Intl.NumberFormat(name, options);
        const factor = options.style === "percent" ? 100 : 1;
        // A decimal part in each as it is written, so that the decimal sign is certain.
        const all = whole.map((value) => value + 0.25 / factor);
        const texts = all.map((value) => format.format(value));
        const read = numbers(...texts);
        read?.forEach((value, at) => {
          expect(value, texts[at]).toBeCloseTo((all[at] ?? 0) * factor, factor === 100 ? 1 : 2);
        });
        expect(read).not.toBeNull();
      }),
    );
  });
});
