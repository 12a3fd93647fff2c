import { VitrineError } from "#contract/error";
import type { HttpHeaders } from "./message";

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Cancels the stream when the caller stops reading. */
export async function* readChunks<T>(stream: ReadableStream<T> | null): AsyncGenerator<T> {
  const reader = stream?.getReader();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value;
  } finally {
    await reader?.cancel();
  }
}

/** @throws VitrineError BAD_REQUEST for bytes that are not well-formed UTF-8, and for a byte order mark */
export function decodeUtf8(bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (text === null) throw new VitrineError("BAD_REQUEST", "Send well-formed UTF-8.");
  if (text.startsWith("\ufeff")) throw new VitrineError("BAD_REQUEST", "Send JSON without a byte order mark.");
  return text;
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
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
