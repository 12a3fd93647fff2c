import fc from "fast-check";
import { expect, test } from "vitest";
import { encodedInPieces, stringPieces, withLetters, withoutEscapes } from "./json-text";

const piecesOf = (json: string) => [...stringPieces(new TextEncoder().encode(json))];

test("the pieces of a JSON string are what JSON.parse makes of it", () => {
  const unit = fc.constantFrom("a", "é", "漢", "😀", '"', "\\", "\n", "\u0000", "\ud83d", "\ude00");
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), fc.integer({ min: 1, max: 40_000 }), (units, times) => {
      const text = units.join("").repeat(times);
      fc.pre(text.length < 1_000_000);
      expect(piecesOf(JSON.stringify(text)).join("")).toBe(text);
    }),
    { numRuns: 30 },
  );
});

test("a text is encoded in steps of at most 256 KiB, as it is encoded at once", () => {
  for (const unit of ["a", "é漢😀", "\ud83d"]) {
    for (const text of [unit, `a${unit.repeat(200_000)}`]) {
      const steps = encodedInPieces(text);
      let count = 0;
      let step = steps.next();
      for (; !step.done; step = steps.next()) count += 1;
      expect(Buffer.from(text).equals(step.value)).toBe(true);
      expect(count).toBe(text.length > 256 * 1024 ? Math.ceil(text.length / (256 * 1024)) : 0);
    }
  }
});

test("a surrogate pair of two escapes stays together", () => {
  const json = `"${"a".repeat(256 * 1024 - 8)}\\ud83d\\ude00${"b".repeat(10)}"`;
  const pieces = piecesOf(json);
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.every((piece) => piece.isWellFormed())).toBe(true);
  expect(pieces.join("")).toBe(JSON.parse(json));
});

test("letters replace their escapes, and JSON stays the same value", () => {
  expect(withLetters(String.raw`{"citt\u00e0":"Forl\u00EC \ud83d\ude00","n":1.0,"p":"a\/b"}`)).toBe(
    '{"città":"Forlì 😀","n":1.0,"p":"a/b"}',
  );
  expect(withLetters(String.raw`"\\u00e0 \n \" \u0000 \ud83d \u00`)).toBe(
    String.raw`"\\u00e0 \n \" \u0000 \ud83d \u00`,
  );
  fc.assert(
    fc.property(fc.json(), (json) => {
      const escaped = json.replace(
        /[\u0080-\uffff]/g,
        (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
      );
      expect(JSON.parse(withLetters(escaped))).toEqual(JSON.parse(json));
    }),
  );
});

test("a text without escapes has what a reader searches for", () => {
  expect(withoutEscapes(String.raw`{"p":"C:\\tmp","q":"say \"h\u00ec\""}`)).toBe('{"p":"C:\\tmp","q":"say "hì""}');
});
