/** The bytes that a member of a gzip file begins with, before its flags. */
const MAGIC = [0x1f, 0x8b, 0x08];
/** The bits of the flags that mean nothing. */
const RESERVED_FLAGS = 0xe0;
/** In bytes, of a member: its header and trailer. */
const MIN_MEMBER = 18;
/** How often bytes within the members of a file may look like another one; by chance they hardly ever do. */
const MAX_FAILURES = 100;
/** How many times the bytes that are wanted may be read in vain. */
const MAX_VAIN = 4;

/** `full`: there is more than `most` bytes; `cut`: all but the last member are whole; `broken`: the rest is no gzip. */
export type GzipEnd = "end" | "full" | "cut" | "broken";

/**
 * Decompresses a gzip file of several members, as bgzip and `cat` make them: browsers read the first one only. A member ends
 * where bytes that can begin another one do, if what is before them is whole by its checksum.
 * @param most in bytes, without compression
 * @throws the reason of the signal
 */
export async function decompressMembers(
  bytes: Uint8Array<ArrayBuffer>,
  most: number,
  sink: { add: (part: Uint8Array) => void },
  signal?: AbortSignal,
): Promise<GzipEnd> {
  const limits: Limits = { failures: MAX_FAILURES, bytes: MAX_VAIN * most, signal };
  let size = 0;
  let start = 0;
  while (start < bytes.length) {
    // Some programs fill the last block of a file.
    if (start > 0 && bytes.subarray(start).every((byte) => byte === 0)) return "end";
    const member = await readMember(bytes, start, most - size, limits);
    if (member === "cut") return start > 0 ? "cut" : "broken";
    if (member === "broken") return "broken";
    for (const part of member.parts) {
      size += part.length;
      sink.add(part);
    }
    if (size >= most) return "full";
    start = member.end;
  }
  return "end";
}

interface Member {
  parts: Uint8Array[];
  end: number;
}

/** What may still be done in vain for a whole file. */
interface Limits {
  failures: number;
  bytes: number;
  signal: AbortSignal | undefined;
}

async function readMember(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  most: number,
  limits: Limits,
): Promise<Member | "cut" | "broken"> {
  if (!isHeader(bytes, start)) return "broken";
  let end = start;
  while (limits.failures > 0 && limits.bytes > 0) {
    limits.signal?.throwIfAborted();
    end = nextHeader(bytes, Math.max(end + 1, start + MIN_MEMBER));
    const { parts, size, isWhole } = await decompress(bytes.subarray(start, end), most);
    if (isWhole) return { parts, end };
    if (end === bytes.length) return "cut";
    limits.failures -= 1;
    limits.bytes -= Math.max(size, end - start);
  }
  return "broken";
}

function nextHeader(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(MAGIC[0] ?? 0, from); at >= 0; at = bytes.indexOf(MAGIC[0] ?? 0, at + 1)) {
    if (isHeader(bytes, at)) return at;
  }
  return bytes.length;
}

function isHeader(bytes: Uint8Array, at: number): boolean {
  return MAGIC.every((byte, offset) => bytes[at + offset] === byte) && ((bytes[at + 3] ?? 255) & RESERVED_FLAGS) === 0;
}

interface Decompressed {
  parts: Uint8Array[];
  size: number;
  /** Whether it is one whole member, or has `most` bytes. */
  isWhole: boolean;
}

async function decompress(member: Uint8Array<ArrayBuffer>, most: number): Promise<Decompressed> {
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  // Its failure is that of the reader.
  writer.write(member).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = await reader.read().catch(() => null);
    if (!next) return { parts, size, isWhole: false };
    if (!next.value) return { parts, size, isWhole: true };
    parts.push(next.value);
    size += next.value.length;
    if (size < most) continue;
    reader.cancel().catch(() => undefined);
    return { parts, size, isWhole: true };
  }
}
