import { VitrineError } from "#contract/error";
import { addressOf } from "./address";

/** A picture: its bytes, or where it is (http, https, or a data URL). */
export type ImageSource = Uint8Array | ArrayBuffer | Blob | string | URL;

const CHUNK = 0x8000;

/** How the files of a media type begin, as Latin-1. */
const STARTS: [RegExp, string][] = [
  [/^\x89PNG/, "image/png"],
  [/^\xff\xd8\xff/, "image/jpeg"],
  [/^GIF8/, "image/gif"],
  [/^RIFF.{4}WEBP/s, "image/webp"],
  [/^.{4}ftypavi[fs]/s, "image/avif"],
  [/^BM/, "image/bmp"],
  [/^(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]*>\s*)*<svg[\s>]/, "image/svg+xml"],
];

/** A URL or data URL of a picture. BAD_REQUEST when its bytes are of no known type and `mediaType` names none. */
export async function imageUrl(source: ImageSource, mediaType?: string): Promise<string> {
  if (typeof source === "string" || source instanceof URL)
    return addressOf(source, "data", ["http:", "https:", "data:"]);
  const blobType = source instanceof Blob ? source.type : "";
  const buffer = source instanceof Blob ? await source.arrayBuffer() : source;
  const text = latin1(buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : buffer);
  const type = mediaType || blobType || STARTS.find(([start]) => start.test(text.slice(0, 1024)))?.[1];
  if (type) return `data:${type};base64,${btoa(text)}`;
  const message = "These bytes are no picture that is known by its beginning; name its `mediaType`, as in image/png.";
  throw new VitrineError("BAD_REQUEST", message, { field: "data" });
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return text;
}
