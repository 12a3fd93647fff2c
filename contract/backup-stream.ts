import { bytesOf, type Part, PartHead } from "./backup";
import { VitrineError } from "./error";
import { parseJson } from "./json";

/** The longest head that is read. */
export const MAX_HEAD = 64 * 1024;

/** A part as it stands in a stream of bytes. */
export interface StreamedPart extends Part {
  /** The line of its head, with its end. */
  line: Uint8Array;
  /** Where the stream goes on after it, in bytes from its beginning. */
  end: number;
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The parts in a stream of bytes, as they come; one that is not there to its end is left out. Sums are not checked.
 * @throws StoreError BAD_REQUEST for what is no part
 */
export async function* partsIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedPart> {
  const feed = new Feed(chunks);
  for (;;) {
    const line = await feed.line(MAX_HEAD);
    if (!line) return;
    const head = headOf(utf8.decode(line));
    const content = await feed.bytes(bytesOf(head));
    if (!content) return;
    yield { head, content, line, end: feed.taken };
  }
}

/** The head that a line of JSON says. BAD_REQUEST for any other line. */
function headOf(line: string): PartHead {
  const { data } = PartHead.safeParse(parseJson(line));
  if (data) return data;
  throw foreign();
}

function foreign(): VitrineError {
  return new VitrineError("BAD_REQUEST", "This is no backup of a Vitrine, or one that a newer Vitrine made.");
}

/** Bytes that are taken in pieces of a caller's choice. */
class Feed {
  taken = 0;
  private held: Uint8Array[] = [];
  private size = 0;
  private readonly source: AsyncIterator<Uint8Array>;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.source = chunks[Symbol.asyncIterator]();
  }

  /** The next line with its end; null where the stream ends before. BAD_REQUEST where none ends within `most` bytes. */
  async line(most: number): Promise<Uint8Array | null> {
    for (;;) {
      const all = this.joined();
      const end = all.indexOf(0x0a);
      if (end >= 0 && end < most) return this.bytes(end + 1);
      if (all.byteLength >= most) throw foreign();
      if (!(await this.more())) return null;
    }
  }

  /** The next so many bytes; null where the stream ends before. */
  async bytes(count: number): Promise<Uint8Array | null> {
    while (this.size < count) if (!(await this.more())) return null;
    const all = this.joined();
    this.held = [all.subarray(count)];
    this.size -= count;
    this.taken += count;
    return all.subarray(0, count);
  }

  private async more(): Promise<boolean> {
    const next = await this.source.next();
    if (next.done) return false;
    this.held.push(next.value);
    this.size += next.value.byteLength;
    return true;
  }

  private joined(): Uint8Array {
    const [only] = this.held;
    if (only && this.held.length === 1) return only;
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const each of this.held) {
      all.set(each, at);
      at += each.byteLength;
    }
    this.held = [all];
    return all;
  }
}
