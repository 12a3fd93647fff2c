import { visit } from "./syntax";
import { isCode, isTestCode, lineAt, type Rule, type SourceFile } from "./tree";

const CALLS = new Map([
  ["waitForTimeout", "sleeps: wait for what the page shows"],
  ["toMatchSnapshot", "compares a snapshot: assert what must hold"],
  ["toMatchInlineSnapshot", "compares a snapshot: assert what must hold"],
  ["toMatchAriaSnapshot", "compares a snapshot: assert what must hold"],
  ["toHaveScreenshot", "compares a snapshot: assert what must hold"],
]);

const MOCKS = ["mock", "doMock", "fn", "spyOn", "stubGlobal"];

/** Tests use no sleeps, retries, snapshots or mocks. */
export const testAntipatterns: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && (isTestCode(path) || /^(playwright|vitest)\.config\.ts$/.test(path)))
    .flatMap(antipatternsIn);

function antipatternsIn(file: SourceFile): string[] {
  const found: string[] = [];
  const add = (start: number, what: string) => found.push(`${file.path}:${lineAt(file.text, start)} ${what}.`);
  visit(file, {
    CallExpression({ start, callee, arguments: args }) {
      if (callee.type === "MemberExpression" && callee.property.type === "Identifier") {
        const problem = CALLS.get(callee.property.name);
        if (problem) add(start, problem);
        const isVitest = callee.object.type === "Identifier" && callee.object.name === "vi";
        if (isVitest && MOCKS.includes(callee.property.name)) add(start, "mocks: test against the real thing");
      }
      const [callback] = args;
      const isTimer = callee.type === "Identifier" && callee.name === "setTimeout";
      if (isTimer && callback?.type === "Identifier") add(start, "sleeps: wait for the event itself");
    },
    ImportDeclaration({ start, source, specifiers }) {
      const names = specifiers.map((each) =>
        each.type === "ImportSpecifier" ? file.text.slice(each.start, each.end) : "",
      );
      const sleeps = source.value === "node:timers/promises" && names.some((name) => name.startsWith("setTimeout"));
      if (sleeps) add(start, "imports a sleep: wait for the event itself");
    },
    Property({ start, key, value }) {
      const isRetry = key.type === "Identifier" && /^retr(y|ies)$/.test(key.name);
      if (isRetry && value.type === "Literal" && Number(value.value) > 0) {
        add(start, "retries: a test that fails once has failed");
      }
    },
  });
  return found;
}
