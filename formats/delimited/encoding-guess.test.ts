import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { likelyEncoding } from "./encoding-guess";

/** Encodes by the table of a decoder; characters that an encoding lacks are left out. */
function encoderOf(encoding: string): (text: string) => Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map<string, number[]>();
  const add = (...each: number[]) => {
    const text = decoder.decode(Uint8Array.from(each));
    if ([...text].length === 1 && text !== "\ufffd" && !bytes.has(text)) bytes.set(text, each);
  };
  for (let first = 0; first < 256; first++) add(first);
  for (let first = 0x81; first < 255; first++) for (let second = 0x40; second < 255; second++) add(first, second);
  return (text) => Uint8Array.from([...text.normalize("NFC")].flatMap((each) => bytes.get(each) ?? []));
}

/** Names of regions and languages with their codes, as lines of CSV, and the messages of a library. */
function linesOf(language: string): string[] {
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const named = (["region", "language"] as const).flatMap((type) => {
    const names = new Intl.DisplayNames(language, { type });
    const codesOf = type === "region" ? codes : codes.map((code) => code.toLowerCase());
    return codesOf.map((code) => `${code},${names.of(code)},${code.charCodeAt(1)}`);
  });
  const messages = readFileSync(new URL(`../../node_modules/zod/v4/locales/${language}.js`, import.meta.url), "utf8");
  return [...named, ...messages.split("\n")].filter((line) => /[^\p{ASCII}]/u.test(line));
}

/** The same in each run: a guess may be wrong for some lines in ten thousand samples. */
const SAMPLES = { numRuns: 200, seed: 1 };

const FALLBACK = "windows-1252";
const FOUND = [
  ...[
    ["ru", "windows-1251"],
    ["uk", "windows-1251"],
    ["be", "windows-1251"],
    ["bg", "windows-1251"],
    ["mk", "windows-1251"],
  ],
  ...[
    ["ru", "koi8-r"],
    ["el", "windows-1253"],
    ["he", "windows-1255"],
    ["ja", "shift_jis"],
    ["ja", "euc-jp"],
  ],
  ...[
    ["ko", "euc-kr"],
    ["zh-CN", "gb18030"],
    ["zh-TW", "big5"],
  ],
] as [string, string][];
const NOT_FOUND = [
  ...["de", "fr", "es", "pt", "it", "ca", "nl", "sv", "da", "fi", "is"].map((language) => [language, FALLBACK]),
  ...["pl", "cs", "hu", "ro", "hr", "sl"].map((language) => [language, "windows-1250"]),
  ...[
    ["tr", "windows-1254"],
    ["ar", "windows-1256"],
    ["fa", "windows-1256"],
    ["lt", "windows-1257"],
    ["th", "windows-874"],
    ["vi", "windows-1258"],
  ],
] as [string, string][];

describe.each(FOUND)("a text in the language %s and encoding %s", (language, encoding) => {
  const lines = linesOf(language);
  const encode = encoderOf(encoding);

  it("is found", () => {
    expect(likelyEncoding(encode(lines.join("\n")))).toBe(encoding);
  });

  it("is not taken for one in another encoding, however little of it there is", () => {
    const some = fc.shuffledSubarray(lines, { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(some, (few) => {
        expect([encoding, FALLBACK]).toContain(likelyEncoding(encode(few.join("\n"))));
      }),
      SAMPLES,
    );
  });
});

it.each(NOT_FOUND)("a text in the language %s and encoding %s has the usual one", (language, encoding) => {
  const lines = linesOf(language);
  const encode = encoderOf(encoding);
  const some = fc.shuffledSubarray(lines, { minLength: 3, maxLength: Math.min(200, lines.length) });
  fc.assert(
    fc.property(some, (few) => {
      expect(likelyEncoding(encode(few.join("\n")))).toBe(FALLBACK);
    }),
    SAMPLES,
  );
});

it("a byte or two say nothing", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 7, min: 0x80 }), (bytes) => {
      expect(likelyEncoding(bytes)).toBe(FALLBACK);
    }),
  );
});
