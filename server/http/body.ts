import { isAscii } from "node:buffer";
import { VitrineError } from "#contract/error";
import { textPieces } from "#formats/json-text";
import { decodedInPieces, nextTurn, runBySize, STEP } from "#formats/steps";
import type { HttpHeaders } from "./message";

/** Cancels the stream when the caller stops reading. */
export async function* readChunks<T>(stream: ReadableStream<T> | null): AsyncGenerator<T> {
  const reader = stream?.getReader();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value;
  } finally {
    await reader?.cancel();
  }
}

/** Cancels a stream that nobody has begun to read: a generator that was not started does not. */
export async function cancelUnread(stream: ReadableStream | null): Promise<void> {
  if (stream && !stream.locked) await stream.cancel();
}

/**
 * Decodes a body, with other requests in between where it is large.
 * @throws VitrineError BAD_REQUEST for bytes that are not well-formed UTF-8, and for a byte order mark
 */
export async function decodeUtf8(bytes: Uint8Array): Promise<string> {
  const text = await runBySize(bytes.byteLength, decodedInSteps(bytes));
  if (text === null) throw new VitrineError("BAD_REQUEST", "Send well-formed UTF-8.");
  if (text.startsWith("\ufeff")) throw new VitrineError("BAD_REQUEST", "Send JSON without a byte order mark.");
  return text;
}

function* decodedInSteps(bytes: Uint8Array): Generator<void, string | null> {
  try {
    // One call for ASCII is as short as a few steps for other text, and pieces take their memory again.
    return yield* decodedInPieces(bytes, isAscii(bytes) ? bytes.byteLength : STEP);
  } catch {
    return null;
  }
}

/** A text in UTF-8 in pieces, with other requests in between. */
export async function* utf8Pieces(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  for (const piece of typeof text === "string" ? textPieces(text) : bytePieces(text)) {
    await nextTurn();
    yield typeof piece === "string" ? Buffer.from(piece) : piece;
  }
}

function* bytePieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += STEP) yield bytes.subarray(at, at + STEP);
}

/** @throws VitrineError UNSUPPORTED_MEDIA_TYPE for another type or charset, and for a compressed body */
export function expectJson(headers: HttpHeaders): void {
  expectUtf8(headers);
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(";");
  if (
    type.trim().toLowerCase() !== "application/json" ||
    !parameters.every((each) => /^\s*(?:charset=|$)/i.test(each))
  ) {
    throw new VitrineError("UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json in UTF-8.");
  }
  expectUncompressed(headers);
}

/** @throws VitrineError UNSUPPORTED_MEDIA_TYPE for another charset, which would be misread */
export function expectUtf8(headers: HttpHeaders): void {
  for (const [, charset = ""] of (headers.get("content-type") ?? "").matchAll(/;\s*charset\s*=\s*"?([^\s";,]*)/gi)) {
    if (/^utf-?8$/i.test(charset)) continue;
    throw new VitrineError("UNSUPPORTED_MEDIA_TYPE", "Send the body in UTF-8.");
  }
}

/** @throws VitrineError UNSUPPORTED_MEDIA_TYPE */
export function expectUncompressed(headers: HttpHeaders): void {
  if ((headers.get("content-encoding") ?? "identity").toLowerCase() !== "identity") {
    throw new VitrineError("UNSUPPORTED_MEDIA_TYPE", "Send the body without Content-Encoding.");
  }
}
