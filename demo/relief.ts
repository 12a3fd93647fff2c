import { deflateSync } from "node:zlib";

/** A grid of heights as a PNG data URL, colored from green to white; each height is a square of `scale` pixels. */
export function reliefImage(width: number, heights: number[], scale: number): string {
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const rows = heights.length / width;
  const stride = 1 + width * scale * 3;
  const raw = new Uint8Array(stride * rows * scale);
  for (let y = 0; y < rows * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const height = heights[Math.floor(y / scale) * width + Math.floor(x / scale)] ?? low;
      raw.set(shade((height - low) / (high - low || 1)), y * stride + 1 + x * 3);
    }
  }
  return png(width * scale, rows * scale, raw);
}

const STOPS = [
  [22, 78, 60],
  [94, 134, 72],
  [214, 190, 134],
  [160, 110, 80],
  [250, 248, 244],
];

function shade(share: number): number[] {
  const position = Math.min(share, 0.9999) * (STOPS.length - 1);
  const [from, to] = [STOPS[Math.floor(position)] ?? [], STOPS[Math.ceil(position)] ?? []];
  return from.map((value, i) => Math.round(value + ((to[i] ?? value) - value) * (position % 1)));
}

function png(width: number, height: number, raw: Uint8Array): string {
  const head = [...uint32(width), ...uint32(height), 8, 2, 0, 0, 0];
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const file = [...signature, ...chunk("IHDR", head), ...chunk("IDAT", [...deflateSync(raw)]), ...chunk("IEND", [])];
  return `data:image/png;base64,${Buffer.from(file).toString("base64")}`;
}

function chunk(name: string, data: number[]): number[] {
  const body = [...Buffer.from(name, "latin1"), ...data];
  return [...uint32(data.length), ...body, ...uint32(crc32(body))];
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function crc32(bytes: number[]): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
