import { groupByFile, type Import, importsOf, packageOf } from "./syntax";
import { isCode, type Rule, type SourceFile } from "./tree";

/** A "use client" file imports no value of server/ or db/, not even through another file. */
export const noServerInBrowser: Rule = (files) => {
  const imports = groupByFile(importsOf(files).filter(({ typeOnly }) => !typeOnly));
  return clientFiles(files).flatMap((path) => {
    const chain = findChain(path, imports, (each) => /^(server|db)\//.test(each));
    if (!chain) return [];
    return [`${chain.join(" → ")}: this would ship the server to the browser; import a type, or call the API.`];
  });
};

/** A "use client" file imports no Zod, which is as large as a page. */
export const noZodInBrowser: Rule = (files) => {
  const values = importsOf(files).filter(({ typeOnly }) => !typeOnly);
  const imports = groupByFile(values);
  const withZod = new Set(values.filter(({ specifier }) => packageOf(specifier) === "zod").map(({ from }) => from));
  return clientFiles(files).flatMap((path) => {
    const chain = findChain(path, imports, (each) => withZod.has(each));
    if (!chain) return [];
    return [`${chain.join(" → ")} → zod: this would ship Zod to the browser; import a type or a plain constant.`];
  });
};

function clientFiles(files: SourceFile[]): string[] {
  return files.filter(({ path, text }) => isCode(path) && /^\s*["']use client["']/.test(text)).map(({ path }) => path);
}

/** The first chain of imports from `path` to a file that matches. */
function findChain(
  path: string,
  imports: Map<string, Import[]>,
  matches: (path: string) => boolean,
  seen: Set<string> = new Set(),
): string[] | null {
  if (matches(path)) return [path];
  if (seen.has(path)) return null;
  seen.add(path);
  for (const { to } of imports.get(path) ?? []) {
    const chain = to ? findChain(to, imports, matches, seen) : null;
    if (chain) return [path, ...chain];
  }
  return null;
}
