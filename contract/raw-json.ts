import { z } from "zod";
import { VitrineError } from "./error";
import { byteLength, type Json } from "./json";
import { type Path, scanJson } from "./json-scan";

/**
 * A JSON text that stays byte for byte as it was sent: big integers, `1.0`, key order, repeated names and whitespace
 * survive. Immutable. It hides where the text is stored, so that large ones can move out of memory.
 */
export class RawJson {
  static readonly null = new RawJson("null");

  readonly #text: string | Uint8Array;
  #bytes: number | undefined;

  private constructor(text: string | Uint8Array, bytes?: number) {
    this.#text = text;
    this.#bytes = bytes;
  }

  /**
   * Takes a text that is known to be JSON: it was scanned, or comes from the database.
   * @param bytes its size in UTF-8, where that is known: counting it takes long for a large text
   */
  static fromText(text: string, bytes?: number): RawJson {
    return new RawJson(text, bytes);
  }

  /** As `fromText`, of a text in UTF-8, which is not decoded before it is read. */
  static fromUtf8(bytes: Uint8Array): RawJson {
    return new RawJson(bytes, bytes.byteLength);
  }

  /** Writes a value as JSON. @throws VitrineError BAD_REQUEST for one that JSON cannot hold or that is nested too deep */
  static fromValue(value: unknown): RawJson {
    const text = stringified(value);
    if (text === undefined) throw new VitrineError("BAD_REQUEST", "Send data that JSON can hold.", { field: "data" });
    scanJson(text, [[]]);
    return new RawJson(text);
  }

  /** The size in bytes of UTF-8. */
  get bytes(): number {
    this.#bytes ??= byteLength(this.text());
    return this.#bytes;
  }

  text(): string {
    return typeof this.#text === "string"
      ? this.#text
      : new TextDecoder("utf-8", { ignoreBOM: true }).decode(this.#text);
  }

  /** The text as it came, decoded or in UTF-8. */
  content(): string | Uint8Array {
    return this.#text;
  }

  stream(): ReadableStream<Uint8Array> {
    return new Blob([this.text()]).stream();
  }

  /** What `JSON.parse` makes of the text, which loses the spelling of numbers. */
  toJSON(): Json {
    return JSON.parse(this.text());
  }
}

/** Undefined for what is not JSON at all, a cycle, or nested so deep that the writer gives up. */
function stringified(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

/** Puts `replace(data)` in place of every RawJson in a value, inside it where there are any. */
export function replaceRawJson(value: unknown, replace: (data: RawJson) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof RawJson) return replace(value);
  const parent: Record<string, unknown> = Object(value);
  for (const name in parent) {
    const child = parent[name];
    if (typeof child !== "object" || child === null) continue;
    const replaced = replaceRawJson(child, replace);
    if (replaced !== child) parent[name] = replaced;
  }
  return value;
}

/** The schemas made by `exactJson`. */
const exact = z.registry<Record<string, never>>();

/** A field for any JSON that is stored exactly as sent. Its size and depth are checked where the text is read. */
export function exactJson() {
  return z
    .custom<Json>(() => true)
    .transform((value: unknown) => (value instanceof RawJson ? value : RawJson.fromValue(value)))
    .register(exact, {});
}

/** Where the input of a schema has exact JSON: member names from the top, `*` for each item of a list. */
export function exactPaths(schema: z.core.$ZodType): Path[] {
  if (exact.has(schema)) return [[]];
  if (schema instanceof z.ZodObject) {
    return Object.entries(schema.shape).flatMap(([name, field]) => exactPaths(field).map((path) => [name, ...path]));
  }
  if (schema instanceof z.ZodArray) return exactPaths(schema.element).map((path) => ["*", ...path]);
  if (schema instanceof z.ZodUnion) {
    const paths = schema.options.flatMap(exactPaths);
    return [...new Map(paths.map((path) => [path.join("\n"), path])).values()];
  }
  if (schema instanceof z.ZodPipe) return exactPaths(schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  ) {
    return exactPaths(schema.unwrap());
  }
  return [];
}
