import { describe, expect, test } from "vitest";
import { toUtf8 } from "./encoding";

/** What Node.js 20 does not decode. */
const WINDOWS_1252 = { "€": 0x80, "’": 0x92, "“": 0x93, "”": 0x94 };

/** Text in one of the encodings of a byte for each character, by decoding every byte. */
function encode(text: string, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  if (encoding === "windows-1252") for (const [letter, byte] of Object.entries(WINDOWS_1252)) bytes.set(letter, byte);
  return Uint8Array.from(text, (letter) => bytes.get(letter) ?? 63);
}

function utf16be(text: string): Uint8Array {
  return Buffer.from(text, "utf16le").swap16();
}

function decode(bytes: Uint8Array, label?: string) {
  const result = toUtf8("a.csv", bytes, label);
  return result && { text: Buffer.from(result.utf8).toString(), encoding: result.encoding };
}

const MARK = "\ufeff";

test.each([
  ["UTF-8", Buffer.from("Köln"), "Köln", "utf-8"],
  ["UTF-8 with a byte order mark", Buffer.from(`${MARK}Köln`), "Köln", "utf-8"],
  ["UTF-16 of Windows", Buffer.from(`${MARK}Köln 你好`, "utf16le"), "Köln 你好", "utf-16le"],
  ["big-endian UTF-16", utf16be(`${MARK}Köln`), "Köln", "utf-16be"],
  ["UTF-16 without a mark", Buffer.from("name,city\n", "utf16le"), "name,city\n", "utf-16le"],
  ["big-endian UTF-16 without a mark", utf16be("name,city\n"), "name,city\n", "utf-16be"],
  ["nothing", Buffer.from(""), "", "utf-8"],
])("decodes %s", (_, bytes, text, encoding) => {
  expect(decode(bytes)).toEqual({ text, encoding });
});

describe("guesses the encoding of", () => {
  test.each([
    ["windows-1252", "name;amount;city\nMüller;1.234,50 €;Köln\n"],
    ["windows-1252", "id;temperature\n1;20 °C\n2;21 °C\n"],
    ["windows-1252", "nom;ville\nFrançois;Orléans\nHélène;Besançon\n"],
    ["windows-1252", "a,b\n1,it’s “fine”\n"],
    ["windows-1251", "имя;город\nИван;Москва\nПётр;Казань\n"],
    ["koi8-r", "имя;город\nИван;Москва\nПётр;Казань\n"],
    ["windows-1250", "jméno;město\nJiří;Plzeň\nŠárka;Ústí\nŽaneta;Třebíč\n"],
    ["windows-1253", "όνομα;πόλη\nΓιώργος;Αθήνα\n"],
  ])("%s: %s", (encoding, text) => {
    expect(decode(encode(text, encoding))).toEqual({ text, encoding });
  });

  test("text that is ASCII for long", () => {
    const text = `${"n;city\n".repeat(50_000)}1;Köln\n2;Zürich\n`;
    expect(decode(encode(text, "windows-1252"))).toEqual({ text, encoding: "windows-1252" });
  });

  test("Shift JIS", () => {
    const bytes = Buffer.from("96bc914f2c9373" + "8e730a91be98592c938c8b9e0a89d48e712c91e58de30a", "hex");
    expect(decode(bytes)).toEqual({ text: "名前,都市\n太郎,東京\n花子,大阪\n", encoding: "shift_jis" });
  });
});

test("returns null for binary data", () => {
  expect(decode(Uint8Array.of(0x1f, 0x8b, 8, 0, 0xff, 3))).toBeNull();
  expect(decode(Uint8Array.of(0xff, 1, 0xe9))).toBeNull();
});

test("--encoding overrides what would be detected", () => {
  expect(decode(Buffer.from("é"), "latin1")).toEqual({ text: "Ã©", encoding: "windows-1252" });
  expect(() => decode(Uint8Array.of(0xe9), "utf-8")).toThrow(
    "a.csv is not valid utf-8; choose another encoding with --encoding.",
  );
  expect(() => decode(Uint8Array.of(0x41), "klingon")).toThrow('Unknown encoding "klingon" for --encoding: use utf-8,');
});
