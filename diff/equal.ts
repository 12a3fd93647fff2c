import type { Json } from "#contract/json";
import type { Tolerance } from "./options";
import { exactNumber } from "./values/exact-number";

/** JSON that is the same for equal values: members are sorted. A missing value is "". */
export function canonical(value: Json | undefined): string {
  if (value === undefined) return "";
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

/**
 * Whether two values are equal as JSON, whatever the order of members. A missing value equals only a missing one. Numbers
 * within the tolerance are equal.
 */
export function equal(a: Json | undefined, b: Json | undefined, tolerance: Tolerance = "exact"): boolean {
  if (a === b) return true;
  if (tolerance !== "exact" && areClose(numberOf(a), numberOf(b), tolerance)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => equal(item, b[at], tolerance));
  }
  if (Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name], tolerance))
  );
}

/** The value of a number, also of one that is kept as text since a double cannot hold it; null for any other value. */
export function numberOf(value: Json | undefined): number | null {
  if (typeof value === "number") return value;
  const exact = exactNumber(value);
  return exact === null ? null : Number(exact);
}

/** In units for numbers around zero, of which a share says nothing. */
const ROUNDING = 1e-9;

function areClose(a: number | null, b: number | null, tolerance: Tolerance): boolean {
  if (a === null || b === null) return false;
  const share = tolerance === "1%" ? 0.01 : ROUNDING;
  return Math.abs(a - b) <= Math.max(ROUNDING, share * Math.max(Math.abs(a), Math.abs(b)));
}
