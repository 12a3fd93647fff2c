const MAGIC = "ARROW1";
const MAX_FIELDS = 100_000;
const MAX_DEPTH = 64;
/** Numbers of the format: kinds of messages, and the type with a list of numbers. */
const [SCHEMA, DICTIONARY, RECORDS] = [1, 2, 3];
const UNION = 14;

/**
 * The messages of an Arrow file or stream, once they are known to be safe to read: their reader takes the lengths of lists
 * from them, and makes lists as long as they say.
 * @throws RangeError for others
 */
export function arrowMessages(bytes: Uint8Array): Uint8Array {
  if (!isMagic(bytes.subarray(0, MAGIC.length))) return checkedStream(bytes);
  try {
    // The messages of a file are a stream, followed by an index of them.
    return checkedStream(bytes.subarray(8));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Those of Polars are one but for the first message, which only the index has as it should be.
    return checkedStream(streamByIndex(bytes));
  }
}

function isMagic(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes) === MAGIC;
}

/** In bytes: the end of a file with the length of its index, an entry of the index, and what is before each message. */
const [END, ENTRY, PREFIX] = [10, 24, 8];
/** A message with the schema that follows it, but for where that is. */
const SCHEMA_MESSAGE = [
  16,
  0,
  0,
  0,
  12,
  0,
  12,
  0,
  4,
  0,
  6,
  0,
  8,
  0,
  0,
  0,
  12,
  0,
  0,
  0,
  4,
  0,
  SCHEMA,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
];
const HEAD_AT = 24;

/** The messages of a file as a stream, by the index at its end. */
function streamByIndex(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getInt32(bytes.length - END, true);
  const start = bytes.length - END - length;
  if (!isMagic(bytes.subarray(-MAGIC.length)) || length < 0 || start < 0)
    throw new RangeError("The index is not in the file.");
  const index = new Flat(bytes.subarray(start, bytes.length - END));
  const root = index.target(0);
  const schema = index.target(index.field(root, 1));
  const prefix = new Uint8Array(PREFIX + SCHEMA_MESSAGE.length);
  const head = new DataView(prefix.buffer);
  head.setInt32(0, -1, true);
  // Values are read in place, so that each message begins at a multiple of 8.
  const padding = new Uint8Array((8 - (length % 8)) % 8);
  head.setInt32(4, SCHEMA_MESSAGE.length + length + padding.length, true);
  prefix.set(SCHEMA_MESSAGE, PREFIX);
  head.setUint32(PREFIX + HEAD_AT, SCHEMA_MESSAGE.length + schema - HEAD_AT, true);
  const parts = [prefix, bytes.subarray(start, bytes.length - END), padding];
  // Dictionaries, then the batches that need them.
  for (const entry of [2, 3].flatMap((list) => index.items(index.field(root, list), ENTRY))) {
    const from = Number(index.view.getBigInt64(entry, true));
    const size = index.view.getInt32(entry + 8, true) + Number(index.view.getBigInt64(entry + 16, true));
    if (!(from >= 0 && size >= 0 && from + size <= start)) throw new RangeError("A message is not in the file.");
    parts.push(bytes.subarray(from, from + size));
  }
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  // Entries may be the same message again and again.
  if (total > 2 * bytes.length + prefix.length) throw new RangeError("The index is longer than its file.");
  const stream = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    stream.set(part, at);
    at += part.length;
  }
  return stream;
}

function checkedStream(stream: Uint8Array): Uint8Array {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  let at = 0;
  let count = 0;
  while (at < stream.length) {
    const mark = view.getInt32(at, true);
    at += 4;
    const length = mark === -1 ? view.getInt32(at, true) : mark;
    if (mark === -1) at += 4;
    if (length === 0) break;
    if (length < 0 || at + length > stream.length) throw new RangeError("A message is not whole.");
    const message = new Flat(stream.subarray(at, at + length));
    const body = checkMessage(message);
    at += length + body;
    if (body < 0 || at > stream.length) throw new RangeError("The data of a message is not whole.");
    count += 1;
  }
  if (count === 0) throw new RangeError("There are no messages.");
  return stream;
}

/** Returns the length of the data after it. */
function checkMessage(message: Flat): number {
  const root = message.target(0);
  const kindAt = message.field(root, 1);
  const headAt = message.field(root, 2);
  const bodyAt = message.field(root, 3);
  if (headAt > 0) checkHead(message, message.target(headAt), kindAt > 0 ? message.view.getUint8(kindAt) : 0);
  return bodyAt > 0 ? Number(message.view.getBigInt64(bodyAt, true)) : 0;
}

function checkHead(message: Flat, head: number, kind: number): void {
  if (kind === SCHEMA) {
    message.items(message.field(head, 2), 4);
    for (const field of message.items(message.field(head, 1), 4)) checkField(message, message.target(field), 0);
  } else if (kind === RECORDS) {
    checkBatchHead(message, head);
  } else if (kind === DICTIONARY) {
    const data = message.field(head, 1);
    if (data > 0) checkBatchHead(message, message.target(data));
  }
}

function checkBatchHead(message: Flat, head: number): void {
  message.items(message.field(head, 1), 16);
  message.items(message.field(head, 2), 16);
  message.items(message.field(head, 4), 8);
}

function checkField(message: Flat, field: number, depth: number): void {
  message.fields += 1;
  if (depth > MAX_DEPTH || message.fields > MAX_FIELDS) throw new RangeError("There are too many fields.");
  const kindAt = message.field(field, 2);
  const typeAt = message.field(field, 3);
  if (kindAt > 0 && typeAt > 0 && message.view.getUint8(kindAt) === UNION) {
    message.items(message.field(message.target(typeAt), 1), 4);
  }
  message.items(message.field(field, 6), 4);
  for (const child of message.items(message.field(field, 5), 4)) checkField(message, message.target(child), depth + 1);
}

/** A message in the format FlatBuffers. Reading outside of it throws RangeError. */
class Flat {
  readonly view: DataView;
  fields = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where an offset leads to. */
  target(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  /** Where a field of a table is; 0 where it has none. */
  field(table: number, number: number): number {
    const names = table - this.view.getInt32(table, true);
    const at = 4 + 2 * number;
    const offset = at < this.view.getUint16(names, true) ? this.view.getUint16(names + at, true) : 0;
    return offset === 0 ? 0 : table + offset;
  }

  /** Where the items of a list are, all of which are in the message; none where a table has no list. */
  items(at: number, size: number): number[] {
    if (at === 0) return [];
    const list = this.target(at);
    const count = this.view.getUint32(list, true);
    if (list + 4 + count * size > this.view.byteLength) throw new RangeError("A list is longer than its message.");
    return Array.from({ length: count }, (_, index) => list + 4 + index * size);
  }
}
