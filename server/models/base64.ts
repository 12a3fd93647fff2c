import { inSteps } from "#formats/steps";

/** 256 KiB in lines as PostgreSQL breaks them: 76 characters, which are 57 bytes, and a line end. */
const LINES = 4_600;
const ENCODED = LINES * 77;
const DECODED = LINES * 57;

/** Bytes as base64, made in steps: the driver writes and reads a large parameter of bytes at once, in hex. */
export function toBase64(bytes: Uint8Array): Promise<string> {
  return inSteps(encoded(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
}

function* encoded(bytes: Buffer): Generator<void, string> {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += DECODED) {
    pieces.push(bytes.toString("base64", at, Math.min(at + DECODED, bytes.byteLength)));
    yield;
  }
  return pieces.join("");
}

/** The bytes of base64 as PostgreSQL writes it, read in steps. */
export function fromBase64(base64: string): Promise<Buffer> {
  return inSteps(decoded(base64));
}

function* decoded(base64: string): Generator<void, Buffer> {
  const pieces: Buffer[] = [];
  for (let at = 0; at < base64.length; at += ENCODED) {
    pieces.push(Buffer.from(base64.slice(at, at + ENCODED), "base64"));
    yield;
  }
  return Buffer.concat(pieces);
}
