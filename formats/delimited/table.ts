import { formatCount } from "../number";
import type { Table } from "../table";
import type { DelimitedLayout } from "./layout";
import { type DelimitedRecord, type FieldPosition, isEmptyLine, MAX_FIELDS, RecordReader } from "./records";
import { DelimitedSurvey, linesText } from "./survey";
import { NumberList, TableBuilder } from "./table-builder";

/** Beyond these the rest is left out, so that a table fits into memory. */
export interface TableLimits {
  columns: number;
  cells: number;
  /** Of the cells together, as JSON. */
  bytes: number;
}

export const TABLE_LIMITS: TableLimits = { columns: 10_000, cells: 8_000_000, bytes: 256_000_000 };

/** The table in a delimited text, and what is unusual about it. */
export interface DelimitedTable {
  table: Table;
  /** As sentences, for people. */
  notes: string[];
}

/**
 * Reads a table from pieces of a delimited text. Columns of only numbers have numbers as they are written; other cells are
 * strings, and empty ones have no value. Empty lines are left out, and so are columns at the end without a name and cells.
 */
export class DelimitedTableReader {
  readonly #builder = new TableBuilder();
  readonly #records: RecordReader;
  /** The values of all rows, and for each row where its values end. */
  readonly #values = new NumberList();
  readonly #ends = new NumberList();
  #survey: DelimitedSurvey | null = null;
  /** The line of the first row that is left out. */
  #cut: number | null = null;

  constructor(
    private readonly layout: DelimitedLayout,
    private readonly limits = TABLE_LIMITS,
  ) {
    this.#records = new RecordReader(layout, (record) => this.#add(record));
  }

  push(text: string): void {
    if (this.#cut === null) this.#records.push(text);
  }

  /** @param isWhole whether the text was pushed to its end, rather than the start of a longer one */
  finish(isWhole = true): DelimitedTable {
    // The last record of a part may be cut.
    const open = isWhole && this.#cut === null ? this.#records.end() : null;
    const survey = this.#survey ?? new DelimitedSurvey([], false);
    const fullWidth = Math.max(survey.width, 1);
    let width = Math.min(fullWidth, this.limits.columns);
    // A few long lines must not make a table of all rows by as many columns.
    if (width * survey.rows > this.limits.cells) width = Math.min(width, Math.max(survey.names.length, 1));
    const rows = Math.min(survey.rows, Math.floor(this.limits.cells / width));
    if (rows < survey.rows) this.#cut ??= 0;
    const names = Array.from({ length: width }, (_, column) => survey.names[column] ?? `${column + 1}`);
    const table = this.#builder.build(names, rows, this.#cells(survey, rows, width));
    return { table, notes: this.#notes(survey, open, rows, fullWidth - width) };
  }

  #add(record: DelimitedRecord): void {
    const { fields, line } = record;
    if (line < this.layout.start || isEmptyLine(record) || this.#cut !== null) return;
    if (!this.#survey) {
      const isHeader = this.layout.header !== null;
      this.#survey = new DelimitedSurvey(isHeader ? fields : fields.map((_, column) => `${column + 1}`), false);
      if (isHeader) return;
    }
    const { columns, cells, bytes } = this.limits;
    if (this.#values.length + Math.min(fields.length, columns) > cells || this.#builder.size > bytes) {
      this.#cut = line;
      return;
    }
    this.#survey.add(fields, line);
    const width = Math.min(fields.length, columns);
    for (let column = 0; column < width; column += 1) {
      const field = fields[column];
      this.#values.push(field ? this.#builder.addText(field) : 0);
    }
    this.#ends.push(this.#values.length);
  }

  #cells({ numeric }: DelimitedSurvey, rows: number, width: number): Uint32Array {
    const cells = new Uint32Array(rows * width);
    let at = 0;
    for (let row = 0; row < rows; row += 1) {
      const end = this.#ends.at(row);
      for (let column = 0; at < end; at += 1, column += 1) {
        const value = this.#values.at(at);
        if (value === 0 || column >= width) continue;
        if (numeric[column]) this.#builder.unquote(value);
        cells[row * width + column] = value;
      }
    }
    return cells;
  }

  #notes({ short, long, names }: DelimitedSurvey, open: FieldPosition | null, rows: number, missing: number): string[] {
    const { stray, wide } = this.#records;
    const notes: string[] = [];
    if (this.#cut !== null)
      notes.push(`Only the first ${formatCount(rows)} rows are shown: the file has too many cells for a table.`);
    if (missing > 0)
      notes.push(`${formatCount(missing)} more columns are left out: the file has too many cells for a table.`);
    if (wide.length > 0)
      notes.push(`More than ${formatCount(MAX_FIELDS)} fields in ${linesText(wide)}: the further ones are left out.`);
    if (short.length > 0)
      notes.push(`Fewer fields than the header in ${linesText(short)}: the missing ones are empty.`);
    if (long.length > 0) notes.push(`More fields than the header in ${linesText(long)}.`);
    if (stray.length > 0) notes.push(`Text after a closing quote in ${linesText(stray)}: it is read as it is written.`);
    if (open) {
      notes.push(
        `A quote in line ${open.line}, field ${open.column} is not closed, so the rest of the file is in one cell. If quotes are letters, choose No quotes.`,
      );
    }
    if (names.length === 0) notes.push("The file has no lines with data.");
    return notes;
  }
}
