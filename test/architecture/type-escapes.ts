import { visit } from "./syntax";
import { isProduction, lineAt, lineCount, type Rule, type SourceFile } from "./tree";

/** At most one `any`, cast or `!` per 1,000 lines of production code. */
export const typeEscapes: Rule = (files) => {
  const production = files.filter(({ path }) => isProduction(path));
  const found = production.flatMap(escapesIn);
  const lines = production.reduce((sum, { text }) => sum + lineCount(text), 0);
  const limit = Math.floor(lines / 1000);
  if (found.length <= limit) return [];
  return [`${found.length} type escapes in ${lines} lines, at most ${limit}: use real types. ${found.join(", ")}.`];
};

/** Each escape as `file:line (what)`. `x as unknown as Y` is one; `as const` and `satisfies` are none. */
export function escapesIn(file: SourceFile): string[] {
  const found: string[] = [];
  const inner = new Set<number>();
  const add = (start: number, what: string) => found.push(`${file.path}:${lineAt(file.text, start)} (${what})`);
  visit(file, {
    TSAnyKeyword: ({ start }) => add(start, "any"),
    TSNonNullExpression: ({ start }) => add(start, "!"),
    TSTypeAssertion: ({ start }) => add(start, "cast"),
    TSAsExpression({ start, end, expression, typeAnnotation }) {
      if (expression.type === "TSAsExpression") inner.add(expression.end);
      if (inner.has(end)) return;
      const isConst =
        typeAnnotation.type === "TSTypeReference" && file.text.slice(typeAnnotation.start, end) === "const";
      if (!isConst) add(start, "cast");
    },
  });
  return found;
}
