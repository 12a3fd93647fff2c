import { posix } from "node:path";
import { lineAt } from "./scan";
import { foldersIn, type Rule } from "./tree";

const FILE = /^[\w.()[\]@-]+(?:\/[\w.()[\]@-]+)*\.(?:tsx?|mjs|md|json|css|sql|png|svg)$/;
const FOLDER = /^[\w.()[\]@-]+(?:\/[\w.()[\]@-]+)*\/(?:\*\*)?$/;

/** Every backticked path of a `*.md` exists, from the root or from the page's own folder. */
export const papers: Rule = (files) => {
  const paths = files.map((file) => file.path);
  const made = foldersIn(files.find(({ path }) => path === ".gitignore")?.text ?? "");
  const exists = (path: string) =>
    path.endsWith("/") ? paths.some((each) => each.startsWith(path)) : paths.some((each) => each === path);
  return files
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].flatMap(({ 1: token = "", index }) => {
        if (made.includes(token.split("/")[0] ?? "") || !(FILE.test(token) || FOLDER.test(token))) return [];
        const named = token.replace(/\*\*$/, "");
        if (exists(named) || exists(posix.join(posix.dirname(path), named))) return [];
        return [
          `${path}:${lineAt(text, index)} names \`${token}\`, which is not there: correct the path or remove it.`,
        ];
      }),
    );
};
