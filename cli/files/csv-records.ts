import { once } from "node:events";
import { type CsvError, type Options, parse } from "csv-parse";
import { parse as parseSync } from "csv-parse/sync";
import { usageError } from "../terminal/error";

/** How the fields of a CSV file are written. */
export interface CsvSyntax {
  separator: string;
  /** The character around fields with separators or line ends; null: there is none. */
  quote: string | null;
}

/** A record with the number of its first line, from 1. */
export interface CsvRecord {
  fields: string[];
  line: number;
}

/** A quote within a field is a letter, line ends may be mixed, and fields stay text, so that numbers are exact. */
function parserOptions({ separator, quote }: CsvSyntax) {
  return {
    delimiter: separator,
    quote: quote ?? false,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
  } satisfies Options;
}

/**
 * Reads all records; an empty line is a record with one empty field.
 * @param name of the file, for errors
 * @throws CliError (usage) for a quote that is not closed
 */
export async function readRecords(
  name: string,
  utf8: Uint8Array,
  syntax: CsvSyntax,
  onRecord: (record: CsvRecord) => void,
): Promise<void> {
  const parser = parse(parserOptions(syntax));
  const next = lineCounter();
  parser.on("data", (fields: string[]) => onRecord(next(fields)));
  parser.end(utf8);
  await once(parser, "end").catch((error: CsvError) => {
    throw error.code === "CSV_QUOTE_NOT_CLOSED" ? unclosedQuote(name, utf8, error) : error;
  });
}

/** The first records, at most `limit`; an error ends them. */
export function firstRecords(utf8: Uint8Array, syntax: CsvSyntax, limit: number): CsvRecord[] {
  const records: CsvRecord[] = [];
  const next = lineCounter();
  const onRecord = (fields: string[]) => {
    records.push(next(fields));
    return null;
  };
  try {
    parseSync(utf8, { ...parserOptions(syntax), to: limit, on_record: onRecord });
  } catch {
    // The start of a file may end within quotes.
  }
  return records;
}

function lineCounter(): (fields: string[]) => CsvRecord {
  let line = 1;
  return (fields) => {
    const record = { fields, line };
    line += 1;
    for (const field of fields) if (/[\r\n]/.test(field)) line += lineEnds(field);
    return record;
  };
}

function unclosedQuote(name: string, utf8: Uint8Array, { bytes, column }: CsvError) {
  const before = Buffer.from(utf8.subarray(0, Number(bytes))).toString();
  const line = 1 + lineEnds(before);
  return usageError(
    `${name}, line ${line}, column ${Number(column) + 1}: the quote is not closed. If quotes are letters there, use --quote none.`,
  );
}

function lineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
