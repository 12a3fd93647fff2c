/** A part of a query text, in UTF-16 code units. */
export interface Place {
  offset: number;
  length: number;
}

/** Free text, to be found in what an artifact says: `rain`, `rain*` or `"heavy rain"`, without the star and the quotes. */
export interface TextTerm {
  text: string;
  kind: "word" | "prefix" | "phrase";
}

/** A value as written. `pieces` are the texts between its `*`, so that one without wildcards has a single piece. */
export interface Value extends Place {
  pieces: string[];
  /** Whether it is in quotes, if only in part: then it is never a number or a range. */
  quoted: boolean;
}

export type Comparison = ">" | ">=" | "<" | "<=";

/** What a condition requires: one of some values, none of them (`!=`), one of some JSON values (`=`), a pattern (`~`) or bounds. */
export type Test =
  | { kind: "any" | "none" | "json"; values: Value[] }
  | { kind: "like"; value: Value }
  | { kind: "compare"; comparison: Comparison; value: Value }
  | { kind: "range"; from: Value; to: Value };

export interface ConditionNode extends Place {
  kind: "condition";
  /** The name of an operator of `FIELDS`. */
  field: string;
  /** Of `metadata` and `has:metadata`: the names on the way to a value. */
  path: string[];
  test: Test;
}

export interface TextNode extends Place {
  kind: "text";
  term: TextTerm;
}

/** A parsed query. */
export type QueryNode =
  | ({ kind: "and" | "or"; parts: QueryNode[] } & Place)
  | ({ kind: "not"; part: QueryNode } & Place)
  | ConditionNode
  | TextNode;

/** What is wrong with a query, where, and the valid word that was most likely meant. */
export interface QueryProblem extends Place {
  /** Without a capital and a full stop: `unknown operator "typ"`. */
  message: string;
  nearest: string | null;
}

export class QueryError extends Error {
  override readonly name = "QueryError";

  constructor(readonly problem: QueryProblem) {
    super(problemText(problem));
  }
}

/** @throws QueryError always */
export function fail({ offset, length }: Place, message: string, nearest: string | null = null): never {
  throw new QueryError({ offset, length, message, nearest });
}

/** A problem in a sentence without its place and full stop: `unknown operator "typ"; did you mean "type"?`. */
export function problemText({ message, nearest }: QueryProblem): string {
  return nearest === null ? message : `${message}; did you mean "${nearest}"?`;
}

/** A text without wildcards; null for one that has some. */
export function literalOf({ pieces: [first = "", ...more] }: Value): string | null {
  return more.length > 0 ? null : first;
}
