import { visit } from "./syntax";
import { isCode, isTest, lineAt, type Rule } from "./tree";

/** Procedures and models catch nothing: an error is thrown where it is detected, and mapped once per layer. */
export const errorHandling: Rule = (files) =>
  files
    .filter(({ path }) => /^server\/(routers|models)\//.test(path) && isCode(path) && !isTest(path))
    .flatMap((file) => {
      const found: string[] = [];
      const add = (start: number) =>
        found.push(
          `${file.path}:${lineAt(file.text, start)} catches an error: throw a VitrineError where it is detected and let it pass.`,
        );
      visit(file, {
        TryStatement: ({ start, handler }) => {
          if (handler) add(start);
        },
        CallExpression({ start, callee, arguments: { length } }) {
          if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return;
          const { name } = callee.property;
          if (name === "catch" || (name === "then" && length > 1)) add(start);
        },
      });
      return found;
    });
