import { VitrineError } from "./error";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const ESCAPE = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;

/** Text that is not JSON; `position` is the offset in UTF-16 units. */
export class JsonSyntaxError extends VitrineError {
  constructor(
    readonly position: number,
    message: string,
  ) {
    super("BAD_REQUEST", message);
  }
}

/** A place in a JSON text that only moves forward; whatever does not belong there is refused with its position. */
export class Cursor {
  at = 0;

  constructor(private readonly text: string) {}

  /** Passes over the four characters that JSON calls whitespace. */
  space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at++;
    }
  }

  peek(character: string): boolean {
    return this.text[this.at] === character;
  }

  skip(): void {
    this.at++;
  }

  expect(character: string, words: string): void {
    if (!this.peek(character)) this.refuse(words);
    this.at++;
  }

  end(): void {
    if (this.at < this.text.length) this.refuse("the end");
  }

  /** Passes over a string, a number, or one of the three words. */
  scalar(): void {
    if (this.peek('"')) this.string();
    else this.at = this.endOf(NUMBER) || this.endOf(WORD) || this.refuse("a value");
  }

  /** Passes over the name of a member, and gives it as a reader sees it where it is asked for. */
  name(asked: boolean): string | null {
    if (!this.peek('"')) this.refuse("the name of a member");
    const from = this.at;
    this.string();
    if (!asked) return null;
    const written = this.text.slice(from, this.at);
    return written.includes("\\") ? String(JSON.parse(written)) : written.slice(1, -1);
  }

  /** Where a form ends that starts here, or 0. */
  private endOf(form: RegExp): number {
    form.lastIndex = this.at;
    return form.test(this.text) ? form.lastIndex : 0;
  }

  private string(): void {
    const { text } = this;
    let at = this.at + 1;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        ESCAPE.lastIndex = at + 1;
        if (!ESCAPE.test(text)) this.refuseAt(at, "an escape that JSON knows");
        at = ESCAPE.lastIndex;
      } else if (code >= 0x20) at++;
      else this.refuseAt(at, "the end of the text in quotes (control characters are written as escapes)");
    }
    this.at = at + 1;
  }

  private refuse(words: string): never {
    this.refuseAt(this.at, words);
  }

  private refuseAt(at: number, words: string): never {
    const place = at >= this.text.length ? "where it ends" : `at position ${at}`;
    throw new JsonSyntaxError(at, `The JSON is broken ${place}: expected ${words}.`);
  }
}
