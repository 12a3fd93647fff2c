import type { Table } from "../table";

const QUOTE = 34;
const BACKSLASH = 92;

const encoder = new TextEncoder();

/** Collects the cells of a table that was not JSON, each as its JSON text. Value 0 is that of a cell without one. */
export class TableBuilder {
  #bytes = new Uint8Array(64 * 1024);
  #size = 4;
  #from = new Uint32Array(4096);
  #to = new Uint32Array(4096);
  /** How many values there are, with value 0. */
  #count = 1;

  constructor() {
    encoder.encodeInto("null", this.#bytes);
    this.#to[0] = 4;
  }

  get count(): number {
    return this.#count;
  }

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** Adds a string. */
  addText(text: string): number {
    this.#reserve(text.length + 2);
    const bytes = this.#bytes;
    let at = this.#size;
    bytes[at++] = QUOTE;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < 32 || code > 126 || code === QUOTE || code === BACKSLASH) return this.addJson(JSON.stringify(text));
      bytes[at++] = code;
    }
    bytes[at++] = QUOTE;
    return this.#add(at);
  }

  /** Adds a value by its JSON text. */
  addJson(json: string): number {
    this.#reserve(3 * json.length);
    return this.#add(this.#size + encoder.encodeInto(json, this.#bytes.subarray(this.#size)).written);
  }

  /** Makes a string of a number that number. */
  unquote(value: number): void {
    this.#from[value] = (this.#from[value] ?? 0) + 1;
    this.#to[value] = (this.#to[value] ?? 0) - 1;
  }

  /** @param cells row by row, the value of each cell; 0 where a row has none */
  build(columns: string[], rows: number, cells: Uint32Array): Table {
    return {
      values: {
        bytes: this.#bytes.slice(0, this.#size),
        from: this.#from.slice(0, this.#count),
        to: this.#to.slice(0, this.#count),
      },
      columns,
      rows,
      cells,
    };
  }

  #add(end: number): number {
    if (this.#count === this.#from.length) {
      this.#from = grown(this.#from, 2 * this.#count);
      this.#to = grown(this.#to, 2 * this.#count);
    }
    this.#from[this.#count] = this.#size;
    this.#to[this.#count] = end;
    this.#size = end;
    return this.#count++;
  }

  #reserve(bytes: number): void {
    const needed = this.#size + bytes;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }
}

/** A list of numbers that grows. */
export class NumberList {
  #items = new Uint32Array(4096);
  #count = 0;

  get length(): number {
    return this.#count;
  }

  push(item: number): void {
    if (this.#count === this.#items.length) this.#items = grown(this.#items, 2 * this.#count);
    this.#items[this.#count++] = item;
  }

  at(index: number): number {
    return this.#items[index] ?? 0;
  }
}

function grown(old: Uint32Array<ArrayBuffer>, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity);
  larger.set(old);
  return larger;
}
