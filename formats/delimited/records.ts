/** How the fields of a text with a record in each line are written. */
export interface DelimitedSyntax {
  /** One character. */
  separator: string;
  /** The character around fields with separators or line ends; null: there is none. */
  quote: string | null;
}

/** A record with the number of its first line, from 1. */
export interface DelimitedRecord {
  fields: string[];
  line: number;
}

/** A place in such a text, both from 1. */
export interface FieldPosition {
  line: number;
  column: number;
}

/** Further fields of a record are left out: a line of only separators would have millions. */
export const MAX_FIELDS = 100_000;

const LF = 10;
const CR = 13;

/** What the next character is a part of; `quote`: a quotation mark within quotes, which the next one explains. */
type State = "start" | "plain" | "quoted" | "quote";

/**
 * Reads records from pieces of a text, after the rules of RFC 4180, with any line ends and with what files have in
 * practice: a quotation mark within a field is a letter, and so are those around a field that continues after them.
 */
export class RecordReader {
  /** The lines of records with text after a closing quotation mark. */
  readonly stray: number[] = [];
  /** The lines of records with more fields than are read. */
  readonly wide: number[] = [];
  readonly #separator: number;
  readonly #quote: number;
  readonly #mark: string;
  #state: State = "start";
  #fields: string[] = [];
  #field = "";
  #line = 1;
  #recordLine = 1;
  #openLine = 1;
  /** Whether the last character was a carriage return, so that a line feed belongs to it. */
  #afterReturn = false;

  constructor(
    { separator, quote }: DelimitedSyntax,
    private readonly onRecord: (record: DelimitedRecord) => void,
  ) {
    this.#separator = separator.charCodeAt(0);
    this.#quote = quote === null ? -1 : quote.charCodeAt(0);
    this.#mark = quote ?? "";
  }

  push(text: string): void {
    let at = 0;
    while (at < text.length) at = this.#state === "quoted" ? this.#readQuoted(text, at) : this.#readPlain(text, at);
  }

  /** After the last piece: where a quotation mark is that nothing closes, with the rest of the text as its field; else null. */
  end(): FieldPosition | null {
    const open = this.#state === "quoted" ? { line: this.#openLine, column: this.#fields.length + 1 } : null;
    if (this.#state !== "start" || this.#fields.length > 0) this.#endRecord();
    return open;
  }

  #readPlain(text: string, start: number): number {
    const code = text.charCodeAt(start);
    const afterReturn = this.#afterReturn;
    this.#afterReturn = false;
    if (afterReturn && code === LF && this.#state === "start" && this.#fields.length === 0) return start + 1;
    if (this.#state === "quote") {
      if (code === this.#quote) {
        this.#field += this.#mark;
        this.#state = "quoted";
        return start + 1;
      }
      if (code !== this.#separator && code !== LF && code !== CR) {
        this.stray.push(this.#line);
        this.#field = this.#mark + this.#field + this.#mark;
      }
      this.#state = "plain";
    }
    if (this.#state === "start" && code === this.#quote) {
      this.#state = "quoted";
      this.#openLine = this.#line;
      return start + 1;
    }
    let at = start;
    let found = code;
    while (at < text.length) {
      found = text.charCodeAt(at);
      if (found === this.#separator || found === LF || found === CR) break;
      at += 1;
    }
    if (at > start && !this.#isFull) this.#field += text.slice(start, at);
    if (at === text.length) {
      this.#state = "plain";
      return at;
    }
    if (found === this.#separator) {
      this.#endField();
    } else {
      this.#line += 1;
      this.#afterReturn = found === CR;
      this.#endRecord();
    }
    return at + 1;
  }

  #readQuoted(text: string, start: number): number {
    let at = start;
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === this.#quote) break;
      if (code === CR || (code === LF && !this.#afterReturn)) this.#line += 1;
      this.#afterReturn = code === CR;
    }
    if (!this.#isFull) this.#field += text.slice(start, at);
    if (at === text.length) return at;
    this.#afterReturn = false;
    this.#state = "quote";
    return at + 1;
  }

  get #isFull(): boolean {
    return this.#fields.length === MAX_FIELDS;
  }

  #endField(): void {
    if (!this.#isFull) this.#fields.push(this.#field);
    else if (this.wide.at(-1) !== this.#recordLine) this.wide.push(this.#recordLine);
    this.#field = "";
    this.#state = "start";
  }

  #endRecord(): void {
    this.#endField();
    const record = { fields: this.#fields, line: this.#recordLine };
    this.#fields = [];
    this.#recordLine = this.#line;
    this.onRecord(record);
  }
}

/** The first records of a text that may end within one, at most `limit`. */
export function firstRecords(text: string, syntax: DelimitedSyntax, limit: number, step = 16_384): DelimitedRecord[] {
  const records: DelimitedRecord[] = [];
  const reader = new RecordReader(syntax, (record) => records.push(record));
  for (let at = 0; at < text.length && records.length < limit; at += step) reader.push(text.slice(at, at + step));
  if (records.length < limit) reader.end();
  return records.slice(0, limit);
}

export function isEmptyLine({ fields }: Pick<DelimitedRecord, "fields">): boolean {
  return fields.length === 1 && fields[0]?.trim() === "";
}
