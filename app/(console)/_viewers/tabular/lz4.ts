const MAGIC = 0x184d2204;
const HAS_DICTIONARY = 1;
const HAS_SIZE = 8;
const HAS_BLOCK_CHECKSUMS = 16;
const UNCOMPRESSED = 0x80000000;

/**
 * Decompresses LZ4 in the frame format, whose blocks may refer to earlier ones.
 * @param size of the result, in bytes
 * @throws RangeError for broken data
 */
export function decompressLz4Frame(input: Uint8Array, size: number): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new RangeError("This is not an LZ4 frame.");
  const flags = view.getUint8(4);
  let at = 7 + (flags & HAS_SIZE ? 8 : 0) + (flags & HAS_DICTIONARY ? 4 : 0);
  const output = new Uint8Array(size);
  let end = 0;
  for (;;) {
    const head = view.getUint32(at, true);
    at += 4;
    if (head === 0) return output;
    const length = head & ~UNCOMPRESSED;
    const block = input.subarray(at, at + length);
    if (head & UNCOMPRESSED) {
      output.set(block, end);
      end += block.length;
    } else {
      end = decompressBlock(block, output, end);
    }
    at += length + (flags & HAS_BLOCK_CHECKSUMS ? 4 : 0);
  }
}

/** Decompresses one block of LZ4. @throws RangeError for broken data */
export function decompressLz4Block(input: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  decompressBlock(input, output, 0);
  return output;
}

/** Returns where the output ends. */
function decompressBlock(input: Uint8Array, output: Uint8Array, start: number): number {
  let end = start;
  let at = 0;
  const lengthOf = (nibble: number) => {
    let length = nibble;
    if (nibble < 15) return length;
    for (let byte = 255; byte === 255; length += byte) byte = input[at++] ?? 0;
    return length;
  };
  while (at < input.length) {
    const token = input[at++] ?? 0;
    const literals = lengthOf(token >> 4);
    // Throws RangeError beyond the output.
    output.set(input.subarray(at, at + literals), end);
    at += literals;
    end += literals;
    if (at >= input.length) break;
    const distance = (input[at] ?? 0) | ((input[at + 1] ?? 0) << 8);
    at += 2;
    const length = 4 + lengthOf(token & 15);
    if (distance === 0 || distance > end || end + length > output.length)
      throw new RangeError("The LZ4 data is broken.");
    for (const last = end + length; end < last; end += 1) output[end] = output[end - distance] ?? 0;
  }
  return end;
}
