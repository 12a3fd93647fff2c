import { literalOf, type QueryNode, type Test, type TextTerm, type Value } from "./tree";

/** The text of a query, of which `parseQuery` makes the same tree. */
export function printQuery(node: QueryNode): string {
  switch (node.kind) {
    case "text":
      return printTerm(node.term);
    case "condition":
      return printCondition(node);
    case "not":
      return `-${inner(node.part)}`;
    case "and":
    case "or":
      return node.parts.map(inner).join(node.kind === "or" ? " or " : " ");
  }
}

/** A part of another one: in parentheses where it has parts itself. */
function inner(node: QueryNode): string {
  return node.kind === "and" || node.kind === "or" ? `(${printQuery(node)})` : printQuery(node);
}

function printTerm({ text, kind }: TextTerm): string {
  return kind === "phrase" ? quote(text) : kind === "prefix" ? `${text}*` : text;
}

function printCondition({ field, path, test }: Extract<QueryNode, { kind: "condition" }>): string {
  return `${[field, ...path.map(printName)].join(".")}:${printTest(test)}`;
}

/** A name of a member of the metadata: in quotes where it needs them. */
export function printName(name: string): string {
  return /^[\p{L}\p{N}_-]+$/u.test(name) ? name : quote(name);
}

function printTest(test: Test): string {
  switch (test.kind) {
    case "any":
      return test.values.map(printValue).join(",");
    case "none":
      return `!=${test.values.map(printValue).join(",")}`;
    case "json":
      return `=${test.values.map(printValue).join(",")}`;
    case "like":
      return `~${printValue(test.value)}`;
    case "compare":
      return `${test.comparison}${printValue(test.value)}`;
    case "range":
      return `${literalOf(test.from)}..${literalOf(test.to)}`;
  }
}

/** What needs no quotes, and is neither a range nor `me`, which authors have a meaning for. */
const PLAIN = /^(?!.*\.\.)(?!me$)[\p{L}\p{N}_./@:+-]+$/u;

function printValue({ pieces, quoted }: Value): string {
  if (pieces.length === 1) return quoted ? quote(pieces[0] ?? "") : (pieces[0] ?? "");
  return pieces.map((piece) => (piece === "" ? "" : quoted ? quote(piece) : piece)).join("*");
}

/** A value to print: in quotes where its texts need them. */
export function toValue(...pieces: string[]): Value {
  const texts = pieces.length === 1 ? pieces : pieces.filter((piece) => piece !== "");
  return { pieces, quoted: !texts.every((piece) => PLAIN.test(piece)), offset: 0, length: 0 };
}

/** A text as a value of a condition: in quotes where it needs them. */
export function writtenValue(text: string): string {
  return printValue(toValue(text));
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
