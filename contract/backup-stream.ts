import { bytesOf, type Part, PartHead } from "./backup";
import { VitrineError } from "./error";
import { parseJson } from "./json";

/** The longest head of a part, in bytes with its line end. */
export const MAX_HEAD = 64 * 1024;

const LINE_END = 0x0a;

/** A part of a stream of bytes. */
export interface StreamedPart extends Part {
  /** The line of its head, with its line end. */
  line: Uint8Array;
  /** The offset of its end in the stream. */
  end: number;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The parts in a stream of bytes. An incomplete part at the end is left out; checksums are not verified.
 * @throws VitrineError BAD_REQUEST for anything that is not a part
 */
export async function* partsIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedPart> {
  const reader = new ByteReader(chunks);
  for (;;) {
    const line = await reader.line(MAX_HEAD);
    if (!line) return;
    const head = parseHead(line);
    const content = await reader.bytes(bytesOf(head));
    if (!content) return;
    yield { head, content, line, end: reader.position };
  }
}

function parseHead(line: Uint8Array): PartHead {
  const { data } = PartHead.safeParse(parseJson(decoded(line)));
  if (data) return data;
  throw formatError();
}

function decoded(line: Uint8Array): string {
  try {
    return utf8.decode(line);
  } catch {
    throw formatError();
  }
}

function formatError(): VitrineError {
  return new VitrineError("BAD_REQUEST", "Not a Vitrine backup, or made by a newer version.");
}

/** Reads bytes in pieces of the caller's choice. */
class ByteReader {
  /** How many bytes were returned. */
  position = 0;
  private pending: Uint8Array[] = [];
  private size = 0;
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.source = chunks[Symbol.asyncIterator]();
  }

  /** The next line with its line end; null if the stream ends before. @throws VitrineError if it has over `max` bytes */
  async line(max: number): Promise<Uint8Array | null> {
    for (;;) {
      const all = this.joined();
      const end = all.indexOf(LINE_END);
      if (end >= 0 && end < max) return this.bytes(end + 1);
      if (all.byteLength >= max) throw formatError();
      if (!(await this.fetchMore())) return null;
    }
  }

  /** The next `count` bytes; null if the stream ends before. */
  async bytes(count: number): Promise<Uint8Array | null> {
    while (this.size < count) if (!(await this.fetchMore())) return null;
    const all = this.joined();
    this.pending = [all.subarray(count)];
    this.size -= count;
    this.position += count;
    return all.subarray(0, count);
  }

  private async fetchMore(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done) return false;
    this.pending.push(next.value);
    this.size += next.value.byteLength;
    return true;
  }

  private joined(): Uint8Array {
    const [only] = this.pending;
    if (only && this.pending.length === 1) return only;
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const each of this.pending) {
      all.set(each, at);
      at += each.byteLength;
    }
    this.pending = [all];
    return all;
  }
}
