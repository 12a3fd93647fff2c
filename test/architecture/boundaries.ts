import { byFile, type Import, importsOf, packageOf } from "./imports";
import { codeOf, lineAt } from "./scan";
import { isCode, isTest, type Rule, type SourceFile } from "./tree";

/** Only `server/models/**` and `db/**` import Drizzle, its driver or tables, and `bench/**`, which measures them. */
export const drizzle: Rule = (files) =>
  importsOf(files).flatMap(({ from, line, specifier, to }) => {
    if (/^(server\/models|db|bench)\//.test(from)) return [];
    const isTable = /^db\/schema(\/|\.ts$)/.test(to ?? "");
    if (!isTable && !["drizzle-orm", "postgres"].includes(packageOf(specifier) ?? "")) return [];
    return [
      `${from}:${line} imports "${specifier}": SQL lives in server/models/ and db/ only; call a verb of a model (in a test, db.execute takes plain text).`,
    ];
  });

/** A `"use client"` file reaches no value of `server/` or `db/`, not even through a file it imports. */
export const browser: Rule = (files) => {
  const next = byFile(importsOf(files).filter((edge) => !edge.typeOnly));
  return clientFiles(files).flatMap((path) => {
    const way = wayDown(path, next, (each) => /^(server|db)\//.test(each));
    if (!way) return [];
    return [
      `${way.join(" → ")}: a "use client" file would ship the server to the browser; import a type, or call the API.`,
    ];
  });
};

/** A `"use client"` file reaches no Zod: its types say enough there, and it weighs as much as a page. */
export const light: Rule = (files) => {
  const edges = importsOf(files).filter((edge) => !edge.typeOnly);
  const next = byFile(edges);
  const heavy = new Set(edges.filter(({ specifier }) => packageOf(specifier) === "zod").map(({ from }) => from));
  return clientFiles(files).flatMap((path) => {
    const way = wayDown(path, next, (each) => heavy.has(each));
    if (!way) return [];
    return [
      `${way.join(" → ")} → zod: a "use client" file would ship it to the browser; import a type, or a plain constant.`,
    ];
  });
};

function clientFiles(files: SourceFile[]): string[] {
  return files.filter(({ path, text }) => isCode(path) && /^\s*["']use client["']/.test(text)).map(({ path }) => path);
}

function wayDown(
  path: string,
  next: Map<string, Import[]>,
  isEnd: (path: string) => boolean,
  seen: Set<string> = new Set(),
): string[] | null {
  if (isEnd(path)) return [path];
  if (seen.has(path)) return null;
  seen.add(path);
  for (const edge of next.get(path) ?? []) {
    const way = edge.to ? wayDown(edge.to, next, isEnd, seen) : null;
    if (way) return [path, ...way];
  }
  return null;
}

/** The readers of `process.env`: one of the server, one of the client, which runs in the processes of others, one of the command. */
const READERS = ["server/env.ts", "client/options.ts", "cli/runtime/env.ts"];

/** Only they read `process.env`; files at the root, scripts, benchmarks, browser tests, tests and their `testing.ts` are configuration. */
export const environment: Rule = (files) =>
  files
    .filter(({ path }) => isCode(path) && path.includes("/") && !/^(scripts|e2e|bench)\//.test(path))
    .filter(({ path }) => !READERS.includes(path) && !isTest(path) && !path.endsWith("/testing.ts"))
    .flatMap(({ path, text }) =>
      [...codeOf(text).matchAll(/\bprocess\s*\??\.\s*env\b/g)].map(
        ({ index }) =>
          `${path}:${lineAt(text, index)} reads process.env: add the variable to ${READERS.join(" or ")} and pass it on.`,
      ),
    );
