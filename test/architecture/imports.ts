import { posix } from "node:path";
import { codeOf, lineAt } from "./scan";
import { isCode, type SourceFile } from "./tree";

/** One import of a file, wherever it is written. */
export interface Import {
  from: string;
  line: number;
  specifier: string;
  /** Whether it vanishes when types are erased. */
  typeOnly: boolean;
  /** The project's own file that it names, or null for a package, a stylesheet or a file that is not there. */
  to: string | null;
}

const START = /^(?:import|export)\b|\bimport\(/gm;
const STATIC =
  /(?:import\b|export\b(?=[^=;"'(]*\bfrom\b))(?<clause>[^=;"'(]*?)(?:\bfrom)?\s*["'](?<specifier>[^"'\n]+)["']/y;
const DYNAMIC = /import\(\s*["'](?<specifier>[^"'\n]+)["']/y;

/** Every import of every file, re-exports and `import()` included. */
export function importsOf(files: SourceFile[]): Import[] {
  const paths = new Set(files.map((file) => file.path));
  return files.filter((file) => isCode(file.path)).flatMap((file) => importsIn(file, paths));
}

function importsIn({ path, text }: SourceFile, paths: Set<string>): Import[] {
  return [...codeOf(text).matchAll(START)].flatMap(({ index }) => {
    const { clause = "", specifier } = matchAt(STATIC, text, index) ?? matchAt(DYNAMIC, text, index) ?? {};
    if (!specifier) return [];
    const to = resolved(path, specifier, paths);
    return [{ from: path, line: lineAt(text, index), specifier, typeOnly: erased(clause.trim()), to }];
  });
}

function matchAt(pattern: RegExp, text: string, index: number) {
  pattern.lastIndex = index;
  return pattern.exec(text)?.groups;
}

function erased(clause: string): boolean {
  if (clause.startsWith("type ")) return true;
  const names = (/^\{([^}]*)\}$/.exec(clause)?.[1] ?? "").split(",").map((name) => name.trim());
  const given = names.filter(Boolean);
  return given.length > 0 && given.every((name) => name.startsWith("type "));
}

function resolved(from: string, specifier: string, paths: Set<string>): string | null {
  if (!/^[.#]/.test(specifier)) return null;
  const base = specifier.startsWith("#") ? specifier.slice(1) : posix.join(posix.dirname(from), specifier);
  const forms = [base, `${base}.ts`, `${base}.tsx`, `${base}.mjs`, `${base}/index.ts`];
  return forms.find((form) => paths.has(form)) ?? null;
}

/** The package that a specifier names (`drizzle-orm`, `@trpc/server`), or null for the project's own files. */
export function packageOf(specifier: string): string | null {
  if (/^[.#/]/.test(specifier)) return null;
  if (specifier.startsWith("node:")) return specifier;
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The imports of each file, by its path. */
export function byFile(edges: Import[]): Map<string, Import[]> {
  const groups = new Map<string, Import[]>();
  for (const edge of edges) groups.set(edge.from, [...(groups.get(edge.from) ?? []), edge]);
  return groups;
}
