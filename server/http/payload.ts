import { randomUUID } from "node:crypto";
import { VitrineError } from "#contract/error";
import { byteLength, type Json } from "#contract/json";
import { type Path, scanJsonInSteps } from "#contract/json-scan";
import { MAX_BODY_OVERHEAD, MAX_EMBEDDED_DATA } from "#contract/limits";
import { RawJson, replaceRawJson } from "#contract/raw-json";
import { runBySize, STEP } from "#formats/steps";

/**
 * Parses a body with a RawJson at each of the paths `exact`. Accessing one of more than `maxData` bytes throws
 * PAYLOAD_TOO_LARGE, so that only its own call of a batch fails.
 * @returns the value, or a promise of it for a large text, which is parsed while other requests run
 * @throws VitrineError BAD_REQUEST for invalid JSON, PAYLOAD_TOO_LARGE for more than 1 MiB beside the data
 */
export function parseExact(text: string, exact: readonly Path[], maxData: number): unknown {
  return runBySize(text.length, exactSteps(text, exact, maxData));
}

function* exactSteps(text: string, exact: readonly Path[], maxData: number): Generator<void, unknown> {
  const isLarge = text.length > STEP;
  if (isLarge) yield;
  const texts: string[] = [];
  const parts: string[] = [];
  let end = 0;
  for (const span of yield* scanJsonInSteps(text, exact)) {
    parts.push(text.slice(end, span.from), String(texts.length));
    texts.push(text.slice(span.from, span.to));
    end = span.to;
  }
  parts.push(text.slice(end));
  const rest = parts.join("");
  if (byteLength(rest) > MAX_BODY_OVERHEAD) throw restTooLarge();
  const holder: { root: unknown } = { root: JSON.parse(rest) };
  // Every value at these paths was replaced by its index, also where a name is repeated.
  const put = (parent: object, name: string, index: unknown) => {
    const data = fromText(texts[Number(index)] ?? "null");
    if (data.bytes <= maxData) return void Reflect.set(parent, name, data);
    const get = () => {
      throw tooLarge(maxData);
    };
    Object.defineProperty(parent, name, { get, enumerable: true });
  };
  if (isLarge) yield;
  for (const path of exact) replaceAt(holder, ["root", ...path], put);
  return holder.root;
}

function fromText(text: string): RawJson {
  return RawJson.fromText(text, Buffer.byteLength(text));
}

function replaceAt(value: unknown, path: Path, put: (parent: object, name: string, value: unknown) => void): void {
  const [name, ...rest] = path;
  if (typeof value !== "object" || value === null || name === undefined) return;
  const names = Array.isArray(value)
    ? name === "*"
      ? Object.keys(value)
      : []
    : Object.hasOwn(value, name)
      ? [name]
      : [];
  for (const member of names) {
    const child: unknown = Reflect.get(value, member);
    if (rest.length === 0) put(value, member, child);
    else replaceAt(child, rest, put);
  }
}

function tooLarge(maxData: number): VitrineError {
  return new VitrineError("PAYLOAD_TOO_LARGE", `Send at most ${maxData} bytes of data, or raise VITRINE_MAX_DATA.`, {
    field: "data",
  });
}

function restTooLarge(): VitrineError {
  return new VitrineError("PAYLOAD_TOO_LARGE", `Send at most ${MAX_BODY_OVERHEAD} bytes beside the data.`);
}

export interface Encoder {
  /** A marker for a RawJson, to be serialized in its place. */
  encode(data: RawJson): string;
  /** Replaces the markers in the serialized response. */
  splice(text: string): string;
  /** What `splice` returns, in parts: each RawJson is one, so that large ones need not be copied or decoded. */
  parts(text: string): (string | RawJson)[];
}

/** Markers have random bytes that no caller can know, so no other string can be one. */
export function createEncoder(): Encoder {
  let prefix = "";
  const encoded: RawJson[] = [];
  const parts = (text: string) => {
    const [first = "", ...rest] = text.split(`"${prefix}`);
    const all: (string | RawJson)[] = [first];
    for (const part of rest) {
      const end = part.indexOf('"');
      all.push(encoded[Number(part.slice(0, end))] ?? RawJson.null, part.slice(end + 1));
    }
    return all;
  };
  return {
    encode(data) {
      prefix ||= `data:${randomUUID()}:`;
      return `${prefix}${encoded.push(data) - 1}`;
    },
    splice: (text) => (encoded.length === 0 ? text : joined(parts(text))),
    parts: (text) => (encoded.length === 0 ? [text] : parts(text)),
  };
}

/** `JSON.stringify` that writes each RawJson as its exact text. Mutates the value. */
export function stringifyExact(value: unknown): string {
  return joined(exactParts(value));
}

function joined(parts: (string | RawJson)[]): string {
  return parts.map((part) => (typeof part === "string" ? part : part.text())).join("");
}

/** The text of `stringifyExact`, in parts. */
export function exactParts(value: unknown): (string | RawJson)[] {
  const { encode, parts } = createEncoder();
  return parts(JSON.stringify(replaceRawJson(value, encode)));
}

export function embedded(data: RawJson): Json {
  return data.bytes > MAX_EMBEDDED_DATA ? null : data.toJSON();
}
