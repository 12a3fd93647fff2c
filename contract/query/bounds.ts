import type { TimestampCondition } from "../filter";
import { bytesOf, nextDown, nextUp, numberOf, SIZE_UNITS } from "./numbers";
import { AGE_UNITS, isAfter, microsOfAge, type Span, shifted, spanOf, timestampBefore } from "./times";
import { type Comparison, fail, literalOf, type Test, type Value } from "./tree";

/** Inclusive bounds. */
export interface Bounds {
  min?: number;
  max?: number;
}

export type NumberKind = "whole" | "limit" | "size" | "number" | "metadata";

/** The number of a value. @throws QueryError where it is none of its kind */
export function numberIn(value: Value, kind: NumberKind): number {
  const text = literalOf(value);
  const number = text === null || value.quoted ? null : kind === "size" ? bytesOf(text) : numberOf(text);
  if (number === null) {
    const units = kind === "size" ? `, with or without a unit of ${SIZE_UNITS.join(", ")}` : "";
    fail(value, `"${shown(value)}" is not a number${units}`);
  }
  if (kind === "size" && number > Number.MAX_SAFE_INTEGER) {
    fail(value, `"${shown(value)}" is more than ${Number.MAX_SAFE_INTEGER} bytes`);
  }
  if ((kind === "whole" || kind === "limit") && !(Number.isSafeInteger(number) && number >= 0)) {
    fail(value, `"${shown(value)}" is not a whole number from 0`);
  }
  return number;
}

/** Whole numbers of a list, of bytes too. @throws QueryError */
export function exactIn(value: Value, kind: NumberKind): number {
  const number = numberIn(value, kind);
  if (kind === "size" && !Number.isSafeInteger(number)) fail(value, `"${shown(value)}" is not a whole number of bytes`);
  return number;
}

/** The bounds of a comparison or range; null for another test. @throws QueryError for what is not a number */
export function boundsIn(test: Test, kind: NumberKind): Bounds | null {
  const isDouble = kind === "number" || kind === "metadata";
  const bound = (comparison: Comparison, value: Value): Bounds => {
    const number = numberIn(value, kind);
    if (comparison === ">") return { min: isDouble ? nextUp(number) : Math.floor(number) + 1 };
    if (comparison === ">=") return { min: isDouble ? number : Math.ceil(number) };
    if (comparison === "<") return { max: isDouble ? nextDown(number) : Math.ceil(number) - 1 };
    return { max: isDouble ? number : Math.floor(number) };
  };
  if (test.kind === "compare") return bound(test.comparison, test.value);
  if (test.kind !== "range") return null;
  if (numberIn(test.from, kind) > numberIn(test.to, kind)) failOrder(test.from, test.to);
  return { ...bound(">=", test.from), ...bound("<=", test.to) };
}

function failOrder(from: Value, to: Value): never {
  const place = { offset: from.offset, length: to.offset + to.length - from.offset };
  fail(place, "a range that ends before it begins", `${shown(to)}..${shown(from)}`);
}

/** The bounds that a test of timestamps allows, any of them. @throws QueryError for what is not a timestamp */
export function timesIn(test: Test, field: string): TimestampCondition[] {
  if (test.kind === "compare") {
    const { first, last } = timeIn(test.value);
    if (test.comparison === ">") return [{ after: shifted(last, 1n) }];
    if (test.comparison === ">=") return [{ after: first }];
    if (test.comparison === "<") return [{ before: shifted(first, -1n) }];
    return [{ before: last }];
  }
  if (test.kind === "range") {
    const [from, to] = [timeIn(test.from), timeIn(test.to)];
    if (isAfter(from.first, to.last)) failOrder(test.from, test.to);
    return [{ after: from.first, before: to.last }];
  }
  return listOf(test, field).map((value) => {
    const { first, last } = timeIn(value);
    return { after: first, before: last };
  });
}

function timeIn(value: Value): Span {
  const span = value.quoted ? null : spanOf(literalOf(value) ?? "");
  if (span) return span;
  fail(value, `"${shown(value)}" is not a date such as 2026-11-30, or a time such as 2026-11-30T08:00Z`);
}

/** The times of what has an age, at a time in milliseconds. @throws QueryError */
export function agesIn(test: Test, now: number): TimestampCondition {
  const at = (value: Value): string => {
    const micros = value.quoted ? null : microsOfAge(literalOf(value) ?? "");
    if (micros !== null) return timestampBefore(now, micros);
    fail(value, `"${shown(value)}" is not a whole number with a unit of ${AGE_UNITS.join(", ")}, up to 36,500 days`);
  };
  if (test.kind === "range") {
    const [before, after] = [at(test.from), at(test.to)];
    if (isAfter(after, before)) failOrder(test.from, test.to);
    return { after, before };
  }
  if (test.kind !== "compare") {
    const [value] = test.kind === "like" ? [test.value] : test.values;
    const text = value ? shown(value) : "7d";
    fail(value ?? { offset: 0, length: 0 }, "an age is compared by <, >, <=, >= or a range", `<${text}`);
  }
  const time = at(test.value);
  if (test.comparison === "<") return { after: shifted(time, 1n) };
  if (test.comparison === "<=") return { after: time };
  if (test.comparison === ">") return { before: shifted(time, -1n) };
  return { before: time };
}

/** The values of a test that is no more than a list of them. @throws QueryError */
export function listOf(test: Test, field: string): Value[] {
  if (test.kind === "any") return test.values;
  const [value] = "values" in test ? test.values : test.kind === "range" ? [test.from] : [test.value];
  const place = value ?? { offset: 0, length: 0 };
  if (test.kind === "none") fail(place, `"${field}" does not take !=; put - before it`, `-${field}:`);
  fail(place, `"${field}" takes values, and is not compared`);
}

/** A value as in the query, without quotes. */
export function shown({ pieces }: Value): string {
  return pieces.join("*");
}
