import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { Json } from "#contract/json";
import { MAX_JSON_DEPTH } from "#contract/limits";

/** `Value` where JSON carries all of it; what it does not (functions, bigint, maps) is `never`. A Date goes as its text. */
export type Sendable<Value> = Value extends Json | undefined
  ? Value
  : Value extends bigint | symbol | ((...args: never) => unknown)
    ? never
    : Value extends { toJSON(): unknown }
      ? Value
      : { [Name in keyof Value]: Sendable<Value[Name]> };

/** Lets through what JSON carries without loss. BAD_REQUEST that names the place of a NaN, a bigint, a circle … */
export function expectSendable(value: unknown): asserts value is Json {
  const fault = faultOf(value, 1);
  if (!fault) return;
  const field = z.core.toDotPath(["data", ...fault.path]);
  throw new VitrineError("BAD_REQUEST", `The field "${field}" ${fault.rule}.`, { field });
}

/** A rule that is broken, and where: the way down is noted on the way up, as most values have no fault. */
interface Fault {
  path: PropertyKey[];
  rule: string;
}

function faultOf(value: unknown, depth: number): Fault | null {
  switch (typeof value) {
    case "string":
    case "boolean":
      return null;
    case "number":
      return Number.isFinite(value) ? null : { path: [], rule: `must be JSON, and ${value} is not` };
    case "object":
      return value === null || "toJSON" in value ? null : faultWithin(value, depth);
    default:
      return { path: [], rule: `must be JSON, and ${typeof value} is not` };
  }
}

function faultWithin(value: object, depth: number): Fault | null {
  if (depth > MAX_JSON_DEPTH) return { path: [], rule: `must not be nested deeper than ${MAX_JSON_DEPTH}` };
  if (value instanceof Map || value instanceof Set) return { path: [], rule: "must be JSON, and a Map or Set is not" };
  for (const [name, child] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    // A member that is undefined is one that is not there; in a list it would turn into null.
    const fault = child === undefined && !Array.isArray(value) ? null : faultOf(child, depth + 1);
    if (fault) return { ...fault, path: [name, ...fault.path] };
  }
  return null;
}
