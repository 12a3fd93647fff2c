import fc from "fast-check";
import { toValue } from "#contract/query/print";
import type { QueryNode, Value } from "#contract/query/tree";
import { FIELD_TEXTS } from "./pools";

const PLACE = { offset: 0, length: 0 };

const word = fc
  .stringMatching(/^[a-zäß0-9@#'.,;:/_]([a-zäß0-9@#'.,;:/_-]{0,6})$/)
  .filter((text) => !/^(?:and|or|not)$/i.test(text) && !/^[a-z][a-z0-9_-]*(?:\.[^:]*)?:/.test(text));
const phrase = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
  .filter((text) => text.trim() !== "" && isText(text));

function isText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

const text: fc.Arbitrary<QueryNode> = fc.oneof(
  word.map((text): QueryNode => ({ kind: "text", term: { text, kind: "word" }, ...PLACE })),
  word.map((text): QueryNode => ({ kind: "text", term: { text, kind: "prefix" }, ...PLACE })),
  phrase.map((text): QueryNode => ({ kind: "text", term: { text, kind: "phrase" }, ...PLACE })),
);

const anyText = fc.oneof(fc.constantFrom(...FIELD_TEXTS), phrase);
const values = fc.array(
  anyText.map((each) => toValue(each)),
  { minLength: 1, maxLength: 3 },
);
const starred = fc.array(fc.oneof(fc.constant(""), anyText), { minLength: 2, maxLength: 4 }).map(withoutGaps);

/** Two wildcards in a row are one. */
function withoutGaps(pieces: string[]): Value {
  return toValue(...pieces.filter((piece, at) => piece !== "" || at === 0 || at === pieces.length - 1));
}

const number = fc
  .oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((each) => toValue(String(each)));
const comparison = fc.constantFrom(">", ">=", "<", "<=" as const);

const condition: fc.Arbitrary<QueryNode> = fc.oneof(
  fc
    .record({
      field: fc.constantFrom("type", "tag", "run.tag", "flow", "run.state.name"),
      kind: fc.constantFrom("any", "none"),
      values,
    })
    .map(
      ({ field, kind, values }): QueryNode => ({
        kind: "condition",
        field,
        path: [],
        test: { kind: kind === "any" ? "any" : "none", values },
        ...PLACE,
      }),
    ),
  fc.record({ field: fc.constantFrom("flow", "task", "deployment.search"), value: starred }).map(
    ({ field, value }): QueryNode => ({
      kind: "condition",
      field,
      path: [],
      test: { kind: "any", values: [value] },
      ...PLACE,
    }),
  ),
  fc.record({ field: fc.constantFrom("flow", "key"), value: anyText.map((each) => toValue(each)) }).map(
    ({ field, value }): QueryNode => ({
      kind: "condition",
      field,
      path: [],
      test: { kind: "like", value },
      ...PLACE,
    }),
  ),
  fc.record({ comparison, value: number }).map(
    ({ comparison, value }): QueryNode => ({
      kind: "condition",
      field: "number",
      path: [],
      test: { kind: "compare", comparison, value },
      ...PLACE,
    }),
  ),
  fc.tuple(fc.nat(), fc.nat()).map(([one, other]): QueryNode => {
    const [from, to] = [Math.min(one, other), Math.max(one, other)].map((each) => toValue(String(each)));
    if (!from || !to) throw new Error("a range has two ends");
    return { kind: "condition", field: "size", path: [], test: { kind: "range", from, to }, ...PLACE };
  }),
  fc.record({ path: fc.array(fc.oneof(anyText, fc.constant("")), { minLength: 1, maxLength: 3 }), values }).map(
    ({ path, values }): QueryNode => ({
      kind: "condition",
      field: "metadata",
      path,
      test: { kind: "any", values },
      ...PLACE,
    }),
  ),
  fc.constantFrom("description", "flowrun", "run", "task.ended").map(
    (name): QueryNode => ({
      kind: "condition",
      field: "has",
      path: [],
      test: { kind: "any", values: [toValue(name)] },
      ...PLACE,
    }),
  ),
);

/** Queries of every form, in the form that `parseQuery` gives them; their places are zero. */
export const queryTrees: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    condition,
    text,
    tie("node").map((part): QueryNode => ({ kind: "not", part, ...PLACE })),
    fc
      .record({
        kind: fc.constantFrom("and", "or" as const),
        parts: fc.array(tie("node"), { minLength: 2, maxLength: 4 }),
      })
      .map(({ kind, parts }): QueryNode => ({ kind: kind === "and" ? "and" : "or", parts, ...PLACE })),
  ),
})).node;
