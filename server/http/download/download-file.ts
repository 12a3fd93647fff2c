import { VitrineError } from "#contract/error";
import type { RawJson } from "#contract/raw-json";
import { encodedInPieces, stringPieces } from "#formats/json-text";
import { nextTurn, runBySize, STEP } from "#formats/steps";
import type { HttpResponse } from "../message";
import { csvStream } from "./csv";

/** The values of `?as=`: the JSON text, the usual file of the artifact's type, or one kind of file; `image` is shown, not saved. */
export const FORMATS = ["json", "file", "md", "csv", "exact-csv", "image"] as const;
export type Format = (typeof FORMATS)[number];

export interface File {
  extension: string;
  type: string;
  body: HttpResponse["body"] | RawJson;
}

const SPACE = 32;
const QUOTE = 34;
const PERCENT = 37;

const IMAGE_EXTENSIONS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
  "image/bmp": "bmp",
  "image/svg+xml": "svg",
};

/** `file` exports markdown, tables as CSV, embedded images, and anything else as JSON. @throws VitrineError BAD_REQUEST */
export async function toFile(format: Format, type: string | null, data: RawJson): Promise<File> {
  const json = { extension: "json", type: "application/json", body: data };
  switch (format) {
    case "json":
      return json;
    case "md":
      return (await toMarkdown(data)) ?? formatError("Markdown: the data is not a string");
    case "csv":
    case "exact-csv":
      return (await toCsv(data, format)) ?? formatError("CSV: the data is not a table");
    case "image":
      return (
        (type === "image" ? await toImage(data) : null) ?? formatError("an image: the data is not an embedded image")
      );
    case "file":
      if (type === "markdown") return (await toMarkdown(data)) ?? json;
      if (type === "table") return (await toCsv(data, "csv")) ?? json;
      return (type === "image" ? await toImage(data) : null) ?? json;
  }
}

function formatError(problem: string): never {
  throw new VitrineError("BAD_REQUEST", `Cannot export as ${problem}.`, { field: "as" });
}

/** The string that data is, in pieces of at most 256 KiB; null for other data. */
async function stringIn(data: RawJson): Promise<string[] | null> {
  const utf8 = await runBySize(data.bytes, encodedInPieces(data.text()));
  if (utf8.find((byte) => byte > SPACE) !== QUOTE) return null;
  const pieces: string[] = [];
  for (const piece of stringPieces(utf8)) {
    pieces.push(piece);
    if (utf8.byteLength > STEP) await nextTurn();
  }
  return pieces;
}

async function toMarkdown(data: RawJson): Promise<File | null> {
  const pieces = await stringIn(data);
  // UTF-8 cannot encode lone surrogates.
  if (!pieces?.every((piece) => piece.isWellFormed())) return null;
  return { extension: "md", type: "text/markdown; charset=utf-8", body: pieces.join("") };
}

async function toCsv(data: RawJson, format: "csv" | "exact-csv"): Promise<File | null> {
  const body = await csvStream(data, { exact: format === "exact-csv" });
  return body && { extension: "csv", type: "text/csv; charset=utf-8", body };
}

async function toImage(data: RawJson): Promise<File | null> {
  const pieces = await stringIn(data);
  if (!pieces) return null;
  const text = pieces.join("");
  const [, mediaType = "", base64] =
    /^data:(image\/[a-z0-9.+-]+)(?:;[^,;]*)*?(;base64)?,/i.exec(text.slice(0, 200)) ?? [];
  const type = mediaType.toLowerCase();
  const extension = IMAGE_EXTENSIONS[type];
  if (extension === undefined) return null;
  const content = text.slice(text.indexOf(",") + 1);
  const bytes = base64 ? Buffer.from(content, "base64") : await percentDecoded(content);
  return { extension, type, body: bytes };
}

/** Decodes percent escapes to bytes, which need not be UTF-8. */
async function percentDecoded(text: string): Promise<Buffer<ArrayBuffer>> {
  const encoded = Buffer.from(text);
  const bytes = Buffer.alloc(encoded.byteLength);
  let length = 0;
  for (let at = 0; at < encoded.byteLength; ) {
    const hex = encoded[at] === PERCENT ? encoded.toString("latin1", at + 1, at + 3) : "";
    const isEscape = /^[0-9a-f]{2}$/i.test(hex);
    bytes[length++] = isEscape ? Number.parseInt(hex, 16) : (encoded[at] ?? 0);
    at += isEscape ? 3 : 1;
    if (length % STEP === 0) await nextTurn();
  }
  return bytes.subarray(0, length);
}
