import { randomUUID } from "node:crypto";
import { VitrineError } from "#contract/error";
import type { Json } from "#contract/json";
import { type Path, scanJson } from "#contract/json-scan";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { RawJson, replaceRawJson } from "#contract/raw-json";

/**
 * Parses a request body in which each value at `exact` becomes a RawJson. Reading one of more than `maxData` bytes
 * throws PAYLOAD_TOO_LARGE, so that of a batch only its own call fails.
 * @throws VitrineError BAD_REQUEST for a text that is not JSON, or nested too deep
 */
export function parseExact(text: string, exact: readonly Path[], maxData: number): unknown {
  const texts: string[] = [];
  const parts: string[] = [];
  let end = 0;
  for (const span of scanJson(text, exact)) {
    parts.push(text.slice(end, span.from), String(texts.length));
    texts.push(text.slice(span.from, span.to));
    end = span.to;
  }
  const value: unknown = JSON.parse(parts.join("") + text.slice(end));
  // Every value at these paths was replaced by its index, also where a name is repeated.
  const put = (parent: object, name: string, index: unknown) => {
    const data = RawJson.fromText(texts[Number(index)] ?? "null");
    const get = () => {
      throw tooLarge(maxData);
    };
    const property = data.bytes > maxData ? { get } : { value: data };
    Object.defineProperty(parent, name, { ...property, enumerable: true });
  };
  for (const path of exact) replaceAt(value, path, put);
  return value;
}

function replaceAt(value: unknown, path: Path, put: (parent: object, name: string, value: unknown) => void): void {
  const [name, ...rest] = path;
  if (typeof value !== "object" || value === null || name === undefined) return;
  const isMember = Array.isArray(value) ? name === "*" : Object.hasOwn(value, name);
  if (!isMember) return;
  for (const [member, child] of Array.isArray(value) ? value.entries() : [[name, Object(value)[name]]]) {
    if (rest.length === 0) put(value, String(member), child);
    else replaceAt(child, rest, put);
  }
}

function tooLarge(maxData: number): VitrineError {
  return new VitrineError("PAYLOAD_TOO_LARGE", `Send at most ${maxData} bytes of data, or raise VITRINE_MAX_DATA.`, {
    field: "data",
  });
}

/** Writes each RawJson of one response as its exact text. */
export interface Encoder {
  /** What stands for a RawJson until the response is a text. */
  encode(data: RawJson): string;
  /** The text of the response with each RawJson in its place. */
  splice(text: string): string;
}

/** Markers hold random bytes that no caller can know, so no other string is taken for one. */
export function createEncoder(): Encoder {
  let prefix = "";
  const encoded: RawJson[] = [];
  return {
    encode(data) {
      prefix ||= `data:${randomUUID()}:`;
      return `${prefix}${encoded.push(data) - 1}`;
    },
    splice(text) {
      if (encoded.length === 0) return text;
      const [first = "", ...rest] = text.split(`"${prefix}`);
      const parts = [first];
      for (const part of rest) {
        const end = part.indexOf('"');
        parts.push(encoded[Number(part.slice(0, end))]?.text() ?? "null", part.slice(end + 1));
      }
      return parts.join("");
    },
  };
}

/** `JSON.stringify` that writes each RawJson as its exact text. Changes the value. */
export function stringifyExact(value: unknown): string {
  const { encode, splice } = createEncoder();
  return splice(JSON.stringify(replaceRawJson(value, encode)));
}

/** Data as a page embeds it: its value, or null where it is larger than 256 KiB. */
export function embedded(data: RawJson): Json {
  return data.bytes > MAX_EMBEDDED_DATA ? null : data.toJSON();
}
