import type { Filters } from "../where";
import { conditionOf } from "./condition";
import { allOf, anyOf, type QueryFilter } from "./query-filter";
import type { QueryNode, TextTerm } from "./tree";

/**
 * The filter of a parsed query. Conditions that one `where` can say together are in one.
 * @param now the time in milliseconds that ages are counted from
 * @throws QueryError for a value that an operator does not take
 */
export function compile(node: QueryNode, now: number): QueryFilter {
  if (node.kind === "text") return { kind: "text", term: node.term };
  if (node.kind === "not") return { kind: "not", part: compile(node.part, now) };
  if (node.kind === "condition") return conditionOf(node, now);
  const parts = node.parts.map((part) => compile(part, now));
  return node.kind === "or" ? anyOf(parts) : allOf(parts);
}

/** Whether a query depends on the time. */
export function usesClock(node: QueryNode): boolean {
  if (node.kind === "not") return usesClock(node.part);
  if (node.kind === "and" || node.kind === "or") return node.parts.some(usesClock);
  return node.kind === "condition" && node.field === "age";
}

/** Whether a test holds for some filter or text in it. */
export function someFilter(filter: QueryFilter, test: (leaf: Filters | TextTerm) => boolean): boolean {
  if (filter.kind === "where") return test(filter.where);
  if (filter.kind === "text") return test(filter.term);
  return filter.kind === "not" ? someFilter(filter.part, test) : filter.parts.some((part) => someFilter(part, test));
}
