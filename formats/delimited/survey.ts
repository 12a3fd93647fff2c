import { pluralize } from "../number";

/** A number of JSON: the cells of a column of numbers stay as they are written. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** How many lines a note names. */
const MAX_LINES = 5;

export function isPlainNumber(text: string): boolean {
  return NUMBER.test(text);
}

/** What is known about the columns of a delimited text after some of its lines. */
export class DelimitedSurvey {
  rows = 0;
  /** The number of columns. */
  width: number;
  /** By column whether its filled cells are all numbers; undefined where none is filled. */
  readonly numeric: (boolean | undefined)[] = [];
  /** Whether a line changed what the lines before it had shown. */
  isRevised = false;
  /** The lines with fewer fields than the header, and with more. */
  readonly short: number[] = [];
  readonly long: number[] = [];
  /** The fields of the header, without the empty ones at its end. */
  readonly #named: number;

  constructor(
    readonly names: string[],
    private readonly skipsRagged: boolean,
  ) {
    this.#named = lastFilled(names);
    this.width = this.#named;
  }

  /** Whether rows can be objects: every column has a name of its own. */
  get isNamed(): boolean {
    const names = this.names.slice(0, this.width);
    return names.length === this.width && names.every(Boolean) && new Set(names).size === this.width;
  }

  add(fields: string[], line: number): void {
    const filled = lastFilled(fields);
    if (this.#isShort(fields)) this.short.push(line);
    if (filled > this.names.length) this.long.push(line);
    if (this.skips(fields)) return;
    this.rows += 1;
    if (filled > this.width) {
      this.isRevised ||= this.isNamed;
      this.width = filled;
    }
    for (let column = 0; column < filled; column += 1) {
      const known = this.numeric[column];
      const cell = fields[column];
      if (known === false || !cell) continue;
      const isNumber = NUMBER.test(cell);
      this.isRevised ||= known === true && !isNumber;
      this.numeric[column] = isNumber;
    }
  }

  /** Whether a line is left out. */
  skips(fields: string[]): boolean {
    return this.skipsRagged && (this.#isShort(fields) || lastFilled(fields) > this.names.length);
  }

  #isShort(fields: string[]): boolean {
    return fields.length < this.names.length && fields.length < this.#named;
  }
}

/** The number of fields without the empty ones at the end. */
function lastFilled(fields: string[]): number {
  let width = fields.length;
  while (fields[width - 1] === "") width -= 1;
  return width;
}

/** `line 3`, or `7 lines (3, 4, 8, 9, 12 …)`. */
export function linesText(lines: number[]): string {
  if (lines.length === 1) return `line ${lines[0]}`;
  return `${pluralize(lines.length, "line")} (${lines.slice(0, MAX_LINES).join(", ")}${lines.length > MAX_LINES ? " …" : ""})`;
}
