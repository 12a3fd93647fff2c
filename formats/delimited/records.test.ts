import { type Options, parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type DelimitedRecord, firstRecords, MAX_FIELDS, RecordReader } from "./records";

function read(pieces: string[], quote: string | null = '"') {
  const records: DelimitedRecord[] = [];
  const reader = new RecordReader({ separator: ",", quote }, (record) => records.push(record));
  for (const piece of pieces) reader.push(piece);
  const open = reader.end();
  return { records, open, stray: reader.stray };
}

/** Another parser's records; null for a quotation mark that is not closed. */
function byAnotherParser(text: string, quote: string | null): string[][] | null {
  const options: Options = {
    quote: quote ?? false,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
  };
  try {
    return parse(text, options);
  } catch {
    return null;
  }
}

const text = fc.string({ unit: fc.constantFrom('"', '"', ",", "\n", "\r", "a", " ") });

test("reads any text as another parser does, in whatever pieces it comes", () => {
  fc.assert(
    fc.property(fc.array(text), fc.constantFrom('"', null), (pieces, quote) => {
      const expected = byAnotherParser(pieces.join(""), quote);
      const { records, open } = read(pieces, quote);
      expect(open === null).toBe(expected !== null);
      if (expected) expect(records.map(({ fields }) => fields)).toEqual(expected);
    }),
    { numRuns: 2000 },
  );
});

test("numbers the lines of records, and names those with text after a closing quotation mark", () => {
  const { records, stray } = read(['a\r\n"1\r', '\n2\n",x\r"b"c\n\n5']);
  expect(records.map(({ line }) => line)).toEqual([1, 2, 5, 6, 7]);
  expect(stray).toEqual([5]);
});

test("says where a quotation mark is not closed, and keeps what follows it", () => {
  expect(read(['a,b\n1,"2\n3\n4'])).toMatchObject({
    open: { line: 2, column: 2 },
    records: [{}, { fields: ["1", "2\n3\n4"] }],
  });
});

test("reads no more than is wanted of the first records", () => {
  expect(firstRecords("a\nb\nc\n", { separator: ",", quote: null }, 2)).toHaveLength(2);
  expect(firstRecords('a\n"b', { separator: ",", quote: '"' }, 2, 3)).toHaveLength(2);
});

test("leaves out fields beyond those that a record may have", () => {
  const records: DelimitedRecord[] = [];
  const reader = new RecordReader({ separator: ",", quote: '"' }, (record) => records.push(record));
  reader.push(`${"1,".repeat(MAX_FIELDS + 2)}1\n2,3\n`);
  expect(records.map(({ fields }) => fields.length)).toEqual([MAX_FIELDS, 2]);
  expect(reader.wide).toEqual([1]);
});
