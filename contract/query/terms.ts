import { parseQuery } from "./parse";
import { printQuery } from "./print";
import type { QueryNode, TextTerm } from "./tree";

/** The free text that must or may be there. */
export function termsOf(node: QueryNode | null): TextTerm[] {
  if (node === null || node.kind === "condition" || node.kind === "not") return [];
  return node.kind === "text" ? [node.term] : node.parts.flatMap(termsOf);
}

/** Whether a query requires more than free text. */
export function hasConditions(node: QueryNode | null): boolean {
  if (node === null || node.kind === "text") return false;
  return node.kind === "condition" || node.kind === "not" || node.parts.some(hasConditions);
}

/** The free text of a query, each term once, as a query of its own; empty where it has none, or has an error. */
export function freeText(query: string): string {
  return queryOfTerms(termsOf(parseQuery(query).tree));
}

/** A query that requires all of some terms. */
export function queryOfTerms(terms: readonly TextTerm[]): string {
  const texts = terms.map((term) => printQuery({ kind: "text", term, offset: 0, length: 0 }));
  return [...new Set(texts)].join(" ");
}

/** The terms that a text looks for: its free text as a query, else the text itself as a phrase. */
export function termsIn(text: string): TextTerm[] {
  const phrase = text.trim();
  if (phrase === "") return [];
  const terms = termsOf(parseQuery(phrase).tree);
  return terms.length > 0 ? terms : [{ text: phrase, kind: "phrase" }];
}
