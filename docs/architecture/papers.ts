import { posix } from "node:path";
import { lineAt } from "./scan";
import type { Rule } from "./tree";

const FILE = /^[\w.()[\]@-]+(?:\/[\w.()[\]@-]+)*\.(?:tsx?|mjs|md|json|css|sql|png|svg)$/;
const FOLDER = /^[\w.()[\]@-]+(?:\/[\w.()[\]@-]+)*\/(?:\*\*)?$/;

/** What is made on the way and not in the tree. */
const MADE = /^(?:\.vitrine|\.next|dist|node_modules|test-results|playwright-report)(?:\/|$)/;

/** Every backticked path of a `*.md` exists, from the root or from the page's own folder. */
export const papers: Rule = (files) => {
  const paths = files.map((file) => file.path);
  const exists = (path: string) =>
    path.endsWith("/") ? paths.some((each) => each.startsWith(path)) : paths.some((each) => each === path);
  return files
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].flatMap(({ 1: token = "", index }) => {
        if (MADE.test(token) || !(FILE.test(token) || FOLDER.test(token))) return [];
        const named = token.replace(/\*\*$/, "");
        if (exists(named) || exists(posix.join(posix.dirname(path), named))) return [];
        return [
          `${path}:${lineAt(text, index)} names \`${token}\`, which is not there: correct the path or remove it.`,
        ];
      }),
    );
};
