import { posix } from "node:path";
import { parse } from "./syntax";
import { ignoredFolders, isCode, lineAt, type Rule, type SourceFile } from "./tree";

const NAME = String.raw`[\w.()[\]@-]+`;
const FILE = new RegExp(`^${NAME}(?:/${NAME})*\\.(?:tsx?|mjs|md|json|css|sql|png|svg|yml)$`);
/** A segment in capitals: `NNNN/database.sql`. */
const PLACEHOLDER = /(?:^|\/)[A-Z]{2,}\//;
const FOLDER = new RegExp(`^(?:${NAME}/)+(?:\\*\\*)?$`);

/** Paths in backticks and link targets in Markdown, and paths to source files and documents in comments. */
export const docLinks: Rule = (files) => {
  const paths = files.map(({ path }) => path);
  const ignored = ignoredFolders(files.find(({ path }) => path === ".gitignore")?.text ?? "");
  const exists = (path: string) =>
    path.endsWith("/") ? paths.some((each) => each.startsWith(path)) : paths.includes(path);
  return files.flatMap((file) =>
    pathsNamedIn(file).flatMap(({ path, offset }) => {
      const target = path.replace(/\*\*$/, "").replace(/^\.\//, "");
      if (ignored.includes(target.split("/")[0] ?? "") || PLACEHOLDER.test(target)) return [];
      if (!(FILE.test(target) || FOLDER.test(target))) return [];
      if (exists(target) || exists(posix.join(posix.dirname(file.path), target))) return [];
      return [`${file.path}:${lineAt(file.text, offset)} names \`${path}\`, which does not exist.`];
    }),
  );
};

function pathsNamedIn(file: SourceFile): { path: string; offset: number }[] {
  const { path, text } = file;
  if (path.endsWith(".md")) {
    return [...text.matchAll(/(?<!`)`([^`\n]+)`(?!`)|\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      ({ 1: code, 2: link, index }) => ({
        path: code ?? link ?? "",
        offset: index,
      }),
    );
  }
  if (!isCode(path)) return [];
  return parse(file).comments.flatMap(({ value, start }) =>
    [...value.matchAll(/(?<![\w./-])(?:[\w()[\]-]+\/)+[\w.()[\]-]+\.(?:tsx?|mjs|md|sql)\b/g)].map((match) => ({
      // A bracket before the path belongs to the sentence; those of Next.js's route groups come in pairs.
      path: match[0].replace(/^\((?!.*\))/, ""),
      offset: start + 2 + match.index,
    })),
  );
}
