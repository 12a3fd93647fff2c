import type { Filters } from "../where";
import type { TextTerm } from "./tree";

/** What a query requires, in conditions of `where`. */
export type QueryFilter =
  | { kind: "where"; where: Filters }
  | { kind: "text"; term: TextTerm }
  | { kind: "and" | "or"; parts: QueryFilter[] }
  | { kind: "not"; part: QueryFilter };

/** Any of some filters. */
export function anyOf(parts: QueryFilter[]): QueryFilter {
  const [only, ...more] = parts;
  return only && more.length === 0 ? only : { kind: "or", parts };
}

/** All of some filters, in as few as possible. */
export function allOf(parts: QueryFilter[]): QueryFilter {
  const wheres: Filters[] = [];
  const others: QueryFilter[] = [];
  for (const part of parts.flatMap((each) => (each.kind === "and" ? each.parts : [each]))) {
    if (part.kind !== "where") {
      others.push(part);
      continue;
    }
    const at = wheres.findIndex((each) => merged(each, part.where) !== null);
    const both = at < 0 ? null : merged(wheres[at] ?? {}, part.where);
    if (both) wheres[at] = both;
    else wheres.push(part.where);
  }
  const [only, ...more] = [...wheres.map((where): QueryFilter => ({ kind: "where", where })), ...others];
  return only && more.length === 0 ? only : { kind: "and", parts: [only ?? [], ...more].flat() };
}

type Members = Record<string, unknown>;

/** Lists of which all entries must hold. */
const CONJUNCTIVE: ReadonlySet<string> = new Set(["all", "metadata"]);

/** One filter that requires what two do, where a filter can say it; null where both have the same condition. */
export function merged(one: Filters, other: Filters): Filters | null {
  return mergedMembers({ ...one }, { ...other });
}

function mergedMembers(one: Members, other: Members): Members | null {
  // The conditions of one are joined by its own operator.
  if (one.operator === "or" || other.operator === "or") return null;
  const result = { ...one };
  for (const [name, added] of Object.entries(other)) {
    const there = one[name];
    const both = there == null ? added : added == null ? there : mergedValue(name, there, added);
    if (both === null) return null;
    result[name] = both;
  }
  return result;
}

function mergedValue(name: string, one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return CONJUNCTIVE.has(name) ? [...one, ...other] : null;
  if (isObject(one) && isObject(other)) return mergedMembers(one, other);
  return one === other ? one : null;
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
