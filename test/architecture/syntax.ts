import { posix } from "node:path";
import { type ParseResult, parseSync, Visitor, type VisitorObject } from "oxc-parser";
import { isCode, lineAt, type SourceFile } from "./tree";

const parsed = new WeakMap<SourceFile, ParseResult>();

/** @throws Error when the file has a syntax error */
export function parse(file: SourceFile): ParseResult {
  const known = parsed.get(file);
  if (known) return known;
  const result = parseSync(file.path, file.text);
  const [error] = result.errors;
  if (error) throw new Error(`${file.path}: ${error.message}`);
  parsed.set(file, result);
  return result;
}

/** Calls the visitor's methods for every node of the file's syntax tree. */
export function visit(file: SourceFile, visitor: VisitorObject): void {
  new Visitor(visitor).visit(parse(file).program);
}

export interface Import {
  from: string;
  line: number;
  specifier: string;
  /** Erased when types are stripped. */
  typeOnly: boolean;
  /** `import()` or `new URL()`: loaded later, or by a worker. */
  dynamic: boolean;
  /** The imported file of this checkout; null for a package, a stylesheet or a missing file. */
  to: string | null;
}

/** Every import of every code file, with re-exports, `import()` and `new URL("./worker.ts", …)`. */
export function importsOf(files: SourceFile[]): Import[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.filter(({ path }) => isCode(path)).flatMap((file) => importsIn(file, paths));
}

function importsIn(file: SourceFile, paths: Set<string>): Import[] {
  const { path, text } = file;
  const { module } = parse(file);
  const toImport = (specifier: string, offset: number, typeOnly: boolean, dynamic = false): Import => ({
    from: path,
    line: lineAt(text, offset),
    specifier,
    typeOnly,
    dynamic,
    to: resolve(path, specifier, paths),
  });
  return [
    ...module.staticImports.map(({ moduleRequest, entries, start }) =>
      toImport(moduleRequest.value, start, entries.length > 0 && entries.every(({ isType }) => isType)),
    ),
    ...module.staticExports.flatMap(({ entries, start }) => {
      const specifiers = new Set(entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []));
      return [...specifiers].map((specifier) => {
        const own = entries.filter(({ moduleRequest }) => moduleRequest?.value === specifier);
        return toImport(
          specifier,
          start,
          own.every(({ isType }) => isType),
        );
      });
    }),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^["'](.*)["']$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1];
      return literal ? [toImport(literal, moduleRequest.start, false, true)] : [];
    }),
    ...[...text.matchAll(/new URL\(\s*"([^"]+)",\s*import\.meta\.url/g)].map(({ 1: specifier = "", index }) =>
      toImport(specifier, index, false, true),
    ),
  ];
}

function resolve(from: string, specifier: string, paths: Set<string>): string | null {
  if (!/^[.#]/.test(specifier)) return null;
  const base = specifier.startsWith("#") ? specifier.slice(1) : posix.join(posix.dirname(from), specifier);
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}.mjs`];
  return candidates.find((path) => paths.has(path)) ?? null;
}

/** The package that a specifier names (`drizzle-orm`, `@trpc/server`); null for files of this checkout. */
export function packageOf(specifier: string): string | null {
  if (/^[.#/]/.test(specifier)) return null;
  if (specifier.startsWith("node:")) return specifier;
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

/** The imports of each file, by its path. */
export function groupByFile(imports: Import[]): Map<string, Import[]> {
  const groups = new Map<string, Import[]>();
  for (const each of imports) groups.set(each.from, [...(groups.get(each.from) ?? []), each]);
  return groups;
}
