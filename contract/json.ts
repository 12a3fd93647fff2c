import { z } from "zod";
import { MAX_JSON_DEPTH } from "./limits";

/** Any JSON value, as `JSON.parse` returns it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const utf8 = new TextEncoder();

/** The size of a text in bytes of UTF-8. */
export function byteLength(text: string): number {
  return utf8.encode(text).length;
}

/** Why PostgreSQL cannot store a text, as a rule that it breaks; null if it can. */
export function textError(text: string): string | null {
  if (text.includes("\0")) return "must not contain NUL characters";
  if (!text.isWellFormed()) return "must be well-formed Unicode, without lone surrogates";
  return null;
}

export interface JsonRules {
  /** Refuses whole numbers that a double may have changed. */
  exactIntegers?: boolean;
}

/** Why `jsonb` cannot store a value, as a rule that it breaks; null if it can. Works without recursion. */
export function jsonError(value: unknown, rules: JsonRules = {}): string | null {
  const left: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  for (let next = left.pop(); next; next = left.pop()) {
    const error = scalarError(next.value, rules);
    if (error) return error;
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth > MAX_JSON_DEPTH) return `must not be nested deeper than ${MAX_JSON_DEPTH} levels`;
    for (const [key, child] of Object.entries(next.value)) {
      if (key === "__proto__") return "must not contain a member named __proto__";
      const nameError = textError(key);
      if (nameError) return nameError;
      left.push({ value: child, depth: next.depth + 1 });
    }
  }
  return null;
}

/** Whole numbers from here on are written with an exponent, as measurements are. */
const EXPONENT = 1e21;

function scalarError(value: unknown, { exactIntegers = false }: JsonRules): string | null {
  switch (typeof value) {
    case "string":
      return textError(value);
    case "number":
      if (!Number.isFinite(value)) return "must not contain a number beyond the range of a double";
      return exactIntegers && Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < EXPONENT
        ? "must not contain an integer beyond 2^53, which would be changed: send it as a string"
        : null;
    case "boolean":
    case "object":
      return null;
    default:
      return `must be JSON, not ${typeof value}`;
  }
}

/** An object of any JSON values, at most `maxBytes` bytes as JSON. Passed on by reference. */
export function jsonObject(maxBytes: number, rules: JsonRules = {}) {
  return z
    .custom<{ [key: string]: Json }>()
    .check((context) => {
      const error = objectError(context.value, maxBytes, rules);
      if (error) context.issues.push({ code: "custom", message: error, input: context.value });
    })
    .meta({ type: "object", description: `At most ${maxBytes} bytes as JSON.` });
}

function objectError(value: unknown, maxBytes: number, rules: JsonRules): string | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "must be an object";
  const error = jsonError(value, rules);
  if (error) return error;
  return byteLength(JSON.stringify(value)) > maxBytes ? `must be at most ${maxBytes} bytes as JSON` : null;
}

/** The value of a JSON text; undefined for other texts. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
