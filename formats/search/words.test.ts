import fc from "fast-check";
import { expect, it } from "vitest";
import { MAX_WORD, normalized, wordsOf } from "./words";

const text = fc.string({
  unit: fc.oneof(fc.constantFrom(..."aAéÉÅİßΣς天気がﬁ½① _-./\n"), fc.string({ unit: "binary", maxLength: 1 })),
});

it("is the same for letters with and without marks, in any case and form", () => {
  expect(["École", "ÉCOLE", "e\u0301cole", "ecole"].map(normalized)).toEqual(Array(4).fill("ecole"));
  expect(["ΟΔΟΣ", "οδος", "ﬁle", "İstanbul", "Ⅷ"].map(normalized)).toEqual([
    "οδοσ",
    "οδοσ",
    "file",
    "istanbul",
    "viii",
  ]);
});

it("changes nothing in a normalized text", () => {
  fc.assert(
    fc.property(text, (text) => {
      expect(normalized(normalized(text))).toBe(normalized(text));
    }),
  );
});

it("has the words of two texts with a space between them", () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      const words = (text: string) => wordsOf(normalized(text));
      expect(words(`${one} ${other}`)).toEqual([...words(one), ...words(other)]);
      for (const word of words(one)) expect(words(word)).toEqual([word]);
    }),
  );
});

it("finds words between anything that is neither letter nor digit", () => {
  expect(wordsOf(normalized("weather/oslo-daily_v2: 0.97 (Größe) `run_id`"))).toEqual(
    ["weather", "oslo", "daily", "v2", "0", "97", "große", "run", "id"].map((word) => normalized(word)),
  );
  expect(wordsOf(normalized("天気予報 ok"))).toEqual(["天", "気", "予", "報", "ok"]);
  expect(wordsOf("…, —")).toEqual([]);
});

it("cuts what is too long for a word, between letters", () => {
  expect(wordsOf("a".repeat(1_000))).toEqual(["a".repeat(MAX_WORD)]);
  const letters = `a${"\u{1d7d8}".repeat(MAX_WORD)}`;
  expect(wordsOf(letters)[0]?.isWellFormed()).toBe(true);
});
