import type { AsyncBuffer, FileMetaData, PageHeader } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";

export const BROKEN = "The file is broken";

/** In bytes, uncompressed, and in values: what a page may have. */
const MAX_PAGE = 128_000_000;
const MAX_PAGE_VALUES = 10_000_000;
/** In bytes: what is loaded of a column first. */
const FIRST_PREFIX = 64 * 1024;
/** In bytes: how much is kept for further rows of the same row group. */
const MAX_STORED = 128_000_000;

type Fetch = (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;

interface Chunk {
  start: number;
  end: number;
  /** The rows of its row group, where each of its values is one; null where values are nested. */
  rows: number | null;
}

/** The start of a chunk: its whole pages end at `offset` and have `rows` rows. */
interface Prefix {
  bytes: Uint8Array<ArrayBuffer>;
  offset: number;
  rows: number;
}

/**
 * The bytes of a Parquet file for its reader, by range. Of the chunk of a column in a row group only the pages are loaded
 * that have the rows before `neededRows`, and no page that would take too much memory is passed on.
 */
export class ParquetFile implements AsyncBuffer {
  /** By the first byte of a chunk, the number of rows of its row group that are read. */
  readonly neededRows = new Map<number, number>();
  readonly #chunks: Chunk[];
  readonly #prefixes = new Map<number, Prefix>();

  constructor(
    readonly byteLength: number,
    metadata: FileMetaData,
    private readonly fetch: Fetch,
  ) {
    const flat = new Set(flatColumns(metadata));
    this.#chunks = metadata.row_groups.flatMap(({ columns, num_rows }) =>
      columns.flatMap(({ meta_data }) => {
        if (!meta_data) return [];
        const { path_in_schema: path, total_compressed_size } = meta_data;
        const start = firstByteOf(meta_data);
        const isFlat = path.length === 1 && flat.has(path[0] ?? "");
        return [{ start, end: start + Number(total_compressed_size), rows: isFlat ? Number(num_rows) : null }];
      }),
    );
  }

  slice(start: number, end = this.byteLength): Promise<ArrayBuffer> {
    const bytes = this.#read(start, end);
    // The reader starts several requests and ends with the first that fails.
    bytes.catch(() => undefined);
    return bytes;
  }

  async #read(start: number, end: number): Promise<ArrayBuffer> {
    const own = this.#chunks.find((chunk) => chunk.start === start && chunk.end === end);
    const needed = this.neededRows.get(start);
    if (own?.rows != null && needed !== undefined) return (await this.#prefixOf(own, needed)).buffer;
    const bytes = await this.fetch(start, end);
    for (const chunk of this.#chunks) {
      const [from, to] = [Math.max(start, chunk.start), Math.min(end, chunk.end)];
      if (from < to) checkPages(bytes.subarray(from - start, to - start), chunk.rows);
    }
    return bytes.buffer;
  }

  async #prefixOf(chunk: Chunk, needed: number): Promise<Uint8Array<ArrayBuffer>> {
    let prefix = this.#prefixes.get(chunk.start) ?? { bytes: new Uint8Array(0), offset: 0, rows: 0 };
    const size = chunk.end - chunk.start;
    let length = Math.min(size, Math.max(FIRST_PREFIX, prefix.bytes.length));
    for (;;) {
      if (length > prefix.bytes.length) {
        const more = await this.fetch(chunk.start + prefix.bytes.length, chunk.start + length);
        prefix = { ...prefix, bytes: concatenated(prefix.bytes, more) };
      }
      const next = walkPages(prefix, chunk.rows, needed);
      prefix = next.prefix;
      if (prefix.rows >= needed || length === size) break;
      length = Math.min(size, Math.max(next.needed + FIRST_PREFIX, 2 * length));
    }
    this.#keep(chunk.start, prefix);
    return prefix.bytes.slice(0, prefix.offset);
  }

  #keep(start: number, prefix: Prefix): void {
    this.#prefixes.delete(start);
    this.#prefixes.set(start, prefix);
    let size = 0;
    for (const { bytes } of this.#prefixes.values()) size += bytes.length;
    for (const [key, { bytes }] of this.#prefixes) {
      if (size <= MAX_STORED) break;
      this.#prefixes.delete(key);
      size -= bytes.length;
    }
  }
}

/** The first byte of the chunk of a column. */
export function firstByteOf(column: { dictionary_page_offset?: bigint; data_page_offset: bigint }): number {
  return Number(column.dictionary_page_offset || column.data_page_offset);
}

/** The names of columns whose cells are single values. */
export function flatColumns({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let at = 1; at < schema.length; ) {
    const element = schema[at];
    if (element && !element.num_children && element.repetition_type !== "REPEATED") names.push(element.name);
    at = afterElement(schema, at);
  }
  return names;
}

function afterElement(schema: FileMetaData["schema"], at: number): number {
  let open = 1;
  let next = at;
  while (open > 0 && next < schema.length) open += (schema[next++]?.num_children ?? 0) - 1;
  return next;
}

/** Goes through the pages after `offset`; `needed`: how many bytes the page after those has to its end, as far as it is known. */
function walkPages(prefix: Prefix, rows: number | null, until: number): { prefix: Prefix; needed: number } {
  const { bytes } = prefix;
  let { offset, rows: count } = prefix;
  let needed = offset;
  while (offset < bytes.length - 1 && count < until) {
    const header = headerAt(bytes, offset);
    if (!header) break;
    checkPage(header.page, rows);
    needed = header.end + header.page.compressed_page_size;
    if (needed > bytes.length) break;
    offset = needed;
    count += header.page.data_page_header?.num_values ?? header.page.data_page_header_v2?.num_values ?? 0;
  }
  return { prefix: { bytes, offset, rows: count }, needed };
}

/** Null where the bytes end within it. */
function headerAt(bytes: Uint8Array<ArrayBuffer>, offset: number): { page: PageHeader; end: number } | null {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset };
  try {
    return { page: parquetHeader(reader), end: reader.offset };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function checkPages(bytes: Uint8Array<ArrayBuffer>, rows: number | null): void {
  let offset = 0;
  while (offset < bytes.length - 1) {
    const header = headerAt(bytes, offset);
    if (!header) return;
    checkPage(header.page, rows);
    offset = header.end + header.page.compressed_page_size;
  }
}

function checkPage(page: PageHeader, rows: number | null): void {
  const { compressed_page_size: compressed, uncompressed_page_size: size, data_page_header_v2: second } = page;
  const values = (page.data_page_header ?? second ?? page.dictionary_page_header)?.num_values ?? 0;
  const levels = second ? [second.definition_levels_byte_length, second.repetition_levels_byte_length] : [];
  const numbers = [compressed, size, values, ...levels, size - levels.reduce((sum, each) => sum + each, 0)];
  const nulls = second?.num_nulls ?? 0;
  const isPossible = numbers.every((each) => each >= 0) && nulls >= 0 && nulls <= values;
  if (!isPossible || (rows !== null && page.type !== "DICTIONARY_PAGE" && values > rows)) {
    throw new Error(`${BROKEN}: a page has an impossible size.`);
  }
  if (size > MAX_PAGE || values > MAX_PAGE_VALUES) {
    throw new Error("A page of this file is too large to show. Download the file to read it.");
  }
}

function concatenated(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
