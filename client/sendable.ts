import { StoreError } from "#contract/error";
import { type Json, MAX_JSON_DEPTH } from "#contract/json";

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
  const fault = faultOf(value, "data", 1);
  if (fault) throw new StoreError("BAD_REQUEST", `The field "${fault.field}" ${fault.rule}.`, { field: fault.field });
}

interface Fault {
  field: string;
  rule: string;
}

function faultOf(value: unknown, field: string, depth: number): Fault | null {
  switch (typeof value) {
    case "string":
    case "boolean":
      return null;
    case "number":
      return Number.isFinite(value) ? null : { field, rule: `must be JSON, and ${value} is not` };
    case "object":
      return value === null || "toJSON" in value ? null : faultWithin(value, field, depth);
    default:
      return { field, rule: `must be JSON, and ${typeof value} is not` };
  }
}

function faultWithin(value: object, field: string, depth: number): Fault | null {
  if (depth > MAX_JSON_DEPTH) return { field: "data", rule: `must not be nested deeper than ${MAX_JSON_DEPTH}` };
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const fault = faultOf(value[i], `${field}[${i}]`, depth + 1);
      if (fault) return fault;
    }
    return null;
  }
  if (value instanceof Map || value instanceof Set) return { field, rule: "must be JSON, and a Map or Set is not" };
  for (const [name, child] of Object.entries(value)) {
    // A member that is undefined is one that is not there.
    const fault = child === undefined ? null : faultOf(child, `${field}.${name}`, depth + 1);
    if (fault) return fault;
  }
  return null;
}
