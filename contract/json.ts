import { z } from "zod";
import { MAX_JSON_DEPTH } from "./limits";

/** Any JSON value. A number is what `JSON.parse` makes of it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const utf8 = new TextEncoder();

/** The size of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/** What PostgreSQL could not keep of a text, or null when it keeps all of it. */
export function textError(text: string): string | null {
  if (text.includes("\0")) return "must not contain NUL characters";
  if (!text.isWellFormed()) return "must be well-formed Unicode (it has a lone surrogate)";
  return null;
}

/** What `jsonb` could not keep of a parsed JSON value, or null when it keeps all of it. Walks without recursion. */
export function jsonError(value: unknown): string | null {
  const left: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const fault = scalarFault(next.value);
    if (fault) return fault;
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth > MAX_JSON_DEPTH) return `must not be nested deeper than ${MAX_JSON_DEPTH}`;
    for (const [key, child] of Object.entries(next.value)) {
      if (key === "__proto__") return "must not have a member named __proto__";
      const keyFault = textError(key);
      if (keyFault) return keyFault;
      left.push({ value: child, depth: next.depth + 1 });
    }
  }
  return null;
}

function scalarFault(value: unknown): string | null {
  switch (typeof value) {
    case "string":
      return textError(value);
    case "number":
      return Number.isFinite(value) ? null : "must not have a number beyond the range of a double";
    case "boolean":
    case "object":
      return null;
    default:
      return `must be JSON, and ${typeof value} is not`;
  }
}

/** An object of any JSON values, at most `maxBytes` bytes as JSON. Kept by reference: nothing is dropped or cut. */
export function jsonObject(maxBytes: number) {
  return z.custom<{ [key: string]: Json }>().check((context) => {
    const fault = objectFault(context.value, maxBytes);
    if (fault) context.issues.push({ code: "custom", message: fault, input: context.value });
  });
}

function objectFault(value: unknown, maxBytes: number): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "must be an object";
  const fault = jsonError(value);
  if (fault) return fault;
  return byteLength(JSON.stringify(value)) > maxBytes ? `must be at most ${maxBytes} bytes as JSON` : null;
}

/** The value of a JSON text, or undefined when it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
