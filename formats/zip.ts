/** A file of an archive; names are unique. */
export interface ZipFile {
  name: string;
  content: Uint8Array;
}

/** Bit 11 of the flags: names are UTF-8. */
const UTF8_NAMES = 0x800;
const VERSION = 20;
/** 1980-01-01, the earliest date of the format. */
const DATE = 0x21;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The CRC-32 of bytes, as ZIP and PNG have it. */
function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CRC_TABLE[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** A ZIP archive of files without compression, in pieces; less than 4 GiB and 65,536 files. */
export function zipOf(files: ZipFile[]): Uint8Array<ArrayBuffer>[] {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    const encoded = new TextEncoder().encode(name);
    const { byteLength: size } = content;
    const fields = [VERSION, UTF8_NAMES, 0, 0, DATE];
    const sizes = [crc32(content), size, size];
    const local = record(0x04034b50, fields, sizes, [encoded.byteLength, 0]);
    pieces.push(local, encoded, new Uint8Array(content));
    directory.push(
      record(0x02014b50, [VERSION, ...fields], sizes, [encoded.byteLength, 0, 0, 0, 0], [0, offset]),
      encoded,
    );
    offset += local.byteLength + encoded.byteLength + size;
  }
  const size = directory.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const end = record(0x06054b50, [0, 0, files.length, files.length], [size, offset], [0]);
  return [...pieces, ...directory, end];
}

/** A signature, then fields of 2 and 4 bytes in turn, in little-endian order. */
function record(signature: number, ...groups: number[][]): Uint8Array<ArrayBuffer> {
  const fields = [{ value: signature, width: 4 }];
  for (const [index, group] of groups.entries()) {
    for (const value of group) fields.push({ value, width: index % 2 === 0 ? 2 : 4 });
  }
  const bytes = new Uint8Array(fields.reduce((sum, { width }) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { value, width } of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}
