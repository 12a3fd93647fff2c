import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { Json } from "#contract/json";
import { MAX_JSON_DEPTH } from "#contract/limits";

/** An image: its bytes, or its URL (http, https or data). */
export type ImageSource = Uint8Array | ArrayBuffer | Blob | string | URL;

/** `Value` if JSON can hold all of it; `never` for functions, bigint and symbols in it. Dates are sent as text. */
export type JsonCompatible<Value> = Value extends Json | undefined
  ? Value
  : Value extends bigint | symbol | ((...args: never) => unknown)
    ? never
    : Value extends { toJSON(): unknown }
      ? Value
      : { [Name in keyof Value]: JsonCompatible<Value[Name]> };

/** @throws VitrineError (BAD_REQUEST) that names the path of a value that JSON would lose: NaN, bigint, a cycle … */
export function expectJsonCompatible(value: unknown): asserts value is Json {
  const problem = problemIn(value, []);
  if (!problem) return;
  const field = z.core.toDotPath(["data", ...problem.path]);
  throw new VitrineError("BAD_REQUEST", `The field "${field}" ${problem.rule}.`, { field });
}

interface Problem {
  path: PropertyKey[];
  rule: string;
}

/** `above` are the values around this one. Builds the path on the way back, since most values have no problem. */
function problemIn(value: unknown, above: readonly object[]): Problem | null {
  switch (typeof value) {
    case "string":
    case "boolean":
      return null;
    case "number":
      return Number.isFinite(value) ? null : { path: [], rule: `must be JSON, which has no ${value}` };
    case "object":
      return value === null || "toJSON" in value ? null : problemWithin(value, above);
    default:
      return { path: [], rule: `must be JSON, which has no ${typeof value}` };
  }
}

function problemWithin(value: object, above: readonly object[]): Problem | null {
  if (above.includes(value)) return { path: [], rule: "must not contain itself" };
  if (above.length >= MAX_JSON_DEPTH) {
    return { path: [], rule: `must not be nested deeper than ${MAX_JSON_DEPTH} levels` };
  }
  if (value instanceof Map || value instanceof Set) return { path: [], rule: "must be JSON, which has no Map or Set" };
  const around = [...above, value];
  for (const [name, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    // JSON omits undefined properties; in a list undefined would become null.
    const problem = child === undefined && !Array.isArray(value) ? null : problemIn(child, around);
    if (problem) return { ...problem, path: [name, ...problem.path] };
  }
  return null;
}

/** The URL as text. @throws VitrineError (BAD_REQUEST) unless it is absolute and of one of these protocols (`https:`) */
export function expectUrl(url: string | URL, field: string, protocols: string[]): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && protocols.includes(parsed.protocol)) return String(url);
  const schemes = protocols.map((protocol) => protocol.slice(0, -1)).join(", ");
  throw new VitrineError("BAD_REQUEST", `The field "${field}" must be an absolute URL (${schemes}).`, { field });
}

/** A text as it is. @throws VitrineError (BAD_REQUEST) for anything else, which JavaScript may pass */
export function expectText(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  throw new VitrineError("BAD_REQUEST", `The field "${field}" must be a string.`, { field });
}

/** A table as it is. @throws VitrineError (BAD_REQUEST) for anything else, which JavaScript may pass */
export function expectTable<Table>(value: Table): Table {
  const isObject = (row: unknown) => typeof row === "object" && row !== null;
  if (
    Array.isArray(value) ? value.every(isObject) : isObject(value) && Object.values(Object(value)).every(Array.isArray)
  ) {
    return value;
  }
  const message = 'The field "data" must be a list of objects, a list of lists, or an object of lists.';
  throw new VitrineError("BAD_REQUEST", message, { field: "data" });
}

/** The first bytes of image formats, as Latin-1. */
const SIGNATURES: [RegExp, string][] = [
  [/^\x89PNG/, "image/png"],
  [/^\xff\xd8\xff/, "image/jpeg"],
  [/^GIF8/, "image/gif"],
  [/^RIFF.{4}WEBP/s, "image/webp"],
  [/^.{4}ftypavi[fs]/s, "image/avif"],
  [/^BM/, "image/bmp"],
  [/^(?:\xef\xbb\xbf)?\s*(?:<[?!][^>]*>\s*)*<svg[\s>]/, "image/svg+xml"],
];

/** The most arguments passed to one `fromCharCode`. */
const CHUNK = 0x8000;

/**
 * The URL of an image; bytes become a data URL.
 * @throws VitrineError (BAD_REQUEST) for a URL of another protocol, and for bytes of an unknown format without `mediaType`
 */
export async function imageUrl(source: ImageSource, mediaType?: string): Promise<string> {
  if (typeof source === "string" || source instanceof URL) {
    return expectUrl(source, "data", ["http:", "https:", "data:"]);
  }
  const blobType = source instanceof Blob ? source.type : "";
  const buffer = source instanceof Blob ? await source.arrayBuffer() : source;
  const text = latin1(buffer instanceof ArrayBuffer ? new Uint8Array(buffer) : buffer);
  const type = mediaType || blobType || SIGNATURES.find(([start]) => start.test(text.slice(0, 1024)))?.[1];
  if (type) return `data:${type};base64,${btoa(text)}`;
  const message = "Unknown image format; pass its `mediaType`, such as image/png.";
  throw new VitrineError("BAD_REQUEST", message, { field: "data" });
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return text;
}
