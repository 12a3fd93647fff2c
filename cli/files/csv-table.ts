import { type DelimitedRecord, isEmptyLine, RecordReader } from "#formats/delimited/records";
import { DelimitedSurvey, linesText } from "#formats/delimited/survey";
import { pluralize } from "#formats/number";
import { usageError } from "../terminal/error";
import type { BadLines, CsvLayout } from "./csv-layout";

/** A table that was read from CSV. */
export interface CsvTable {
  /** Its JSON text in UTF-8. */
  json: Uint8Array;
  /** What is missing in it or was left out, for people. */
  notes: string[];
}

/** How many characters are put together before they become bytes. */
const PART = 64 * 1024;
/** How many bytes are decoded at once. */
const PIECE = 1024 * 1024;

/**
 * Converts CSV to the JSON text of a table: a list of objects named by the header, or a list of lists where a name is
 * missing or occurs twice. A column whose filled cells are all numbers keeps them as they are written; other cells are
 * strings, and empty ones null. Empty lines are left out, and so are columns at the end without a name and cells.
 * @param name of the file, for messages
 * @throws CliError (usage) for a quote that is not closed, a file without lines, and for lines with more fields than the
 * header unless `badLines` is set
 */
export function csvToTable(name: string, utf8: Uint8Array, layout: CsvLayout): CsvTable {
  let table: { survey: DelimitedSurvey; writer: RowWriter } | undefined;
  const names = readRows(name, utf8, layout, (fields, line, columns) => {
    table ??= startTable(columns, layout);
    table.survey.add(fields, line);
    if (!table.survey.isRevised) table.writer.add(fields);
  });
  if (names.length === 0) throw usageError(`${name} has no lines with data.`);
  const { survey, writer } = table ?? startTable(names, layout);
  const [tooLong] = survey.long;
  if (layout.badLines === null && tooLong !== undefined) throw tooManyFields(name, tooLong, names);
  if (survey.rows === 0) {
    const columns = names.map((each) => `${JSON.stringify(each)}:[]`);
    return { json: Buffer.from(`{${columns}}`), notes: [...notesOf(survey, layout.badLines), "a header without rows"] };
  }
  if (!survey.isRevised) return { json: writer.json(), notes: notesOf(survey, layout.badLines) };
  // A line disproved what the lines before it had shown, such as a column of numbers: write them again.
  const rewriter = new RowWriter(survey);
  readRows(name, utf8, layout, (fields) => rewriter.add(fields));
  return { json: rewriter.json(), notes: notesOf(survey, layout.badLines) };
}

function startTable(names: string[], { badLines }: CsvLayout) {
  const survey = new DelimitedSurvey(names, badLines === "skip");
  return { survey, writer: new RowWriter(survey) };
}

type OnRow = (fields: string[], line: number, names: string[]) => void;

/** What is missing in the table or was left out, for people. */
function notesOf({ short, long }: DelimitedSurvey, badLines: BadLines): string[] {
  if (badLines === "skip") {
    const skipped = [...short, ...long].sort((a, b) => a - b);
    return skipped.length > 0 ? [`skipped ${linesText(skipped)}`] : [];
  }
  const filledUp = `missing fields in ${linesText(short)} are empty; to skip such lines, use --bad-lines skip`;
  return [
    ...(short.length > 0 ? [filledUp] : []),
    ...(long.length > 0 ? [`more fields than the header in ${linesText(long)}`] : []),
  ];
}

/** Passes on the lines after the header, and returns the names of the columns. */
function readRows(name: string, utf8: Uint8Array, layout: CsvLayout, onRow: OnRow): string[] {
  let names: string[] | undefined;
  const onRecord = (record: DelimitedRecord) => {
    const { fields, line } = record;
    if (line < layout.start || isEmptyLine(record)) return;
    if (names) return onRow(fields, line, names);
    names = layout.header === null ? fields.map((_, column) => `${column + 1}`) : fields;
    if (layout.header === null) onRow(fields, line, names);
  };
  const reader = new RecordReader(layout, onRecord);
  const decoder = new TextDecoder();
  for (let at = 0; at < utf8.length; at += PIECE) {
    reader.push(decoder.decode(utf8.subarray(at, at + PIECE), { stream: true }));
  }
  const open = reader.end();
  if (!open) return names ?? [];
  throw usageError(
    `${name}, line ${open.line}, column ${open.column}: the quote is not closed. If quotes are letters there, use --quote none.`,
  );
}

/** Writes rows as JSON, by what the survey knows at that time. */
class RowWriter {
  private readonly isNamed: boolean;
  private readonly members: string[];
  private readonly parts: Uint8Array[] = [];
  private part: string;
  private isEmpty: boolean;

  constructor(private readonly survey: DelimitedSurvey) {
    const { isNamed, names, width } = survey;
    this.isNamed = isNamed;
    this.members = names.map((name) => `${JSON.stringify(name)}:`);
    this.part = isNamed ? "[" : `[${JSON.stringify(names.slice(0, width))}`;
    this.isEmpty = isNamed;
  }

  add(fields: string[]): void {
    const { numeric, width } = this.survey;
    if (this.survey.skips(fields)) return;
    let row = "";
    for (let column = 0; column < width; column += 1) {
      const text = fields[column];
      const cell = !text ? "null" : numeric[column] ? text : JSON.stringify(text);
      row += `${column > 0 ? "," : ""}${this.isNamed ? this.members[column] : ""}${cell}`;
    }
    this.part += `${this.isEmpty ? "" : ",\n"}${this.isNamed ? `{${row}}` : `[${row}]`}`;
    this.isEmpty = false;
    if (this.part.length < PART) return;
    this.parts.push(Buffer.from(this.part));
    this.part = "";
  }

  json(): Uint8Array {
    return Buffer.concat([...this.parts, Buffer.from(`${this.part}]`)]);
  }
}

function tooManyFields(name: string, line: number, names: string[]) {
  return usageError(
    `${name}, line ${line}, column ${names.length + 1}: the header has only ${pluralize(names.length, "field")}. ` +
      "Quote fields that contain the separator, or use --bad-lines skip or keep.",
  );
}
