import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/**
 * Reduces a PNG to its 256 most frequent colours, about a third of the bytes; any other colour becomes the nearest one.
 * The input is a browser's: 8 bits a channel, RGB or opaque RGBA, not interlaced.
 */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = pixelsOf(png);
  const frequency = new Map<number, number>();
  for (const pixel of pixels) frequency.set(pixel, (frequency.get(pixel) ?? 0) + 1);
  const colours = [...frequency]
    .sort(([, a], [, b]) => b - a)
    .slice(0, COLOURS)
    .map(([pixel]) => pixel);
  const indexes = new Map(colours.map((colour, at) => [colour, at]));
  const lines = Buffer.alloc(height * (width + 1));
  pixels.forEach((pixel, at) => {
    let found = indexes.get(pixel);
    if (found === undefined) {
      found = nearest(colours, pixel);
      indexes.set(pixel, found);
    }
    lines[at + Math.floor(at / width) + 1] = found;
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(colours.flatMap((colour) => channels(colour)));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(lines, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function channels(pixel: number): [number, number, number] {
  return [pixel >> 16, (pixel >> 8) & 255, pixel & 255];
}

function nearest(colours: number[], pixel: number): number {
  const [red, green, blue] = channels(pixel);
  let best = { at: 0, distance: Number.POSITIVE_INFINITY };
  colours.forEach((colour, at) => {
    const [r, g, b] = channels(colour);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < best.distance) best = { at, distance };
  });
  return best.at;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

function pixelsOf(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const start = at + 8;
    if (png.toString("latin1", at + 4, start) === "IDAT") data.push(png.subarray(start, start + png.readUInt32BE(at)));
  }
  const [width, height, depth, kind, interlaced] = [
    png.readUInt32BE(16),
    png.readUInt32BE(20),
    png[24],
    png[25],
    png[28],
  ];
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlaced !== 0) throw new Error("Unsupported PNG format.");
  const step = kind === 2 ? 3 : 4;
  const lines = unfiltered(inflateSync(Buffer.concat(data)), width * step, height, step);
  const pixels = Uint32Array.from({ length: width * height }, (_, at) => lines.readUIntBE(at * step, 3));
  return { width, height, pixels };
}

/** Reverses the PNG filters: none, left, up, average, Paeth. */
function unfiltered(lines: Buffer, width: number, height: number, step: number): Buffer {
  const bytes = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (width + 1)];
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const left = x < step ? 0 : (bytes[at - step] ?? 0);
      const above = y === 0 ? 0 : (bytes[at - width] ?? 0);
      const corner = x < step || y === 0 ? 0 : (bytes[at - width - step] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
      bytes[at] = ((lines[y * (width + 1) + 1 + x] ?? 0) + guess) & 255;
    }
  }
  return bytes;
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}
