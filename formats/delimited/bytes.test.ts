import { expect, test } from "vitest";
import { cellText, valueAt } from "../table";
import { DelimitedBytes } from "./bytes";

function read(bytes: Uint8Array, encoding?: string) {
  const reader = new DelimitedBytes({ usual: ",", encoding });
  for (let at = 0; at < bytes.length; at += 100_000) reader.add(bytes.subarray(at, at + 100_000));
  const { table, notes, layout } = reader.finish(true);
  const last = table.columns.map((_, column) => cellText(table, valueAt(table, table.rows - 1, column)));
  return { columns: table.columns, last, rows: table.rows, notes, encoding: layout.encoding };
}

const TEXT = "Straße,Preis\nKöln,1\nŽilina,€ 2\n";
const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = Buffer.from(text, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
};

test.each([
  ["utf-8", Buffer.from(TEXT)],
  ["utf-8", Buffer.from(`\ufeff${TEXT}`)],
  ["utf-16le", utf16(`\ufeff${TEXT}`, false)],
  ["utf-16be", utf16(`\ufeff${TEXT}`, true)],
  ["utf-16le", utf16("Stra\u00dfe,Preis\nK\u00f6ln,1\n\u00c4,\u00a3 2\n", false)],
])("finds %s", (encoding, bytes) => {
  expect(read(bytes)).toMatchObject({ encoding, columns: ["Straße", "Preis"], rows: 2, notes: [] });
});

test("reads bytes that are not UTF-8 as Windows-1252, at the start or long after it", () => {
  const bytes = Buffer.concat([
    Buffer.from("name,price\nK"),
    Buffer.from([0xf6]),
    Buffer.from("ln,"),
    Buffer.from([0xe9]),
  ]);
  expect(read(bytes)).toMatchObject({ encoding: "windows-1252", last: ["Köln", "é"] });
  const late = Buffer.concat([Buffer.from(`name,price\n${"Oslo,1\n".repeat(100_000)}`), bytes.subarray(11)]);
  expect(read(late)).toMatchObject({ encoding: "windows-1252", last: ["Köln", "é"], rows: 100_001 });
});

test("a chosen encoding is used, and what is not in it is said", () => {
  expect(read(Buffer.from([97, 10, 0xb1]), "iso-8859-2")).toMatchObject({ last: ["ą"], notes: [] });
  expect(read(Buffer.from([97, 10, 0xb1]), "utf-8")).toMatchObject({
    last: ["\ufffd"],
    notes: ["Some bytes are not utf-8: they are shown as \ufffd."],
  });
});
