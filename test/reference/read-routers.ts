import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { appRouter } from "#server/routers/app-router";
import type { Role } from "#server/routers/context";
import { inputSchemas, procedures } from "#server/routers/procedures";

const ROUTERS = join(import.meta.dirname, "../../server/routers");

/** A procedure as its router declares it. */
export interface DocumentedProcedure {
  /** `artifact.create`. */
  path: string;
  noun: string;
  name: string;
  type: "query" | "mutation" | "subscription";
  role: Role;
  /** Of its comment, in markdown, on one line. */
  doc: string;
  /** The name of its input schema in the contract; null where it takes none. */
  input: string | null;
  schema: z.ZodType | null;
  /** The type of its result, as a client sees it: `Page<Artifact>`. */
  output: string;
}

const DECLARATION =
  /^ {2}\/\*\*(?<doc>(?:(?!\*\/)[\s\S])*)\*\/\n {2}(?<name>\w+): (?<kind>\w+)\s*(?:\.input\((?<input>\w+)\)\s*)?\.\w+\(\s*\(.*?\): (?<output>[^=]+?) =>/gm;

/** The procedures of all routers in their order, with their comments. Throws for one that cannot be read. */
export function readRouters(): DocumentedProcedure[] {
  return Object.keys(appRouter._def.record).flatMap((noun) => {
    const source = routerSource(noun);
    const read = [...source.matchAll(DECLARATION)].map((match) => documented(noun, match.groups ?? {}));
    const missing = [...procedures.keys()].filter(
      (path) => path.startsWith(`${noun}.`) && !read.some((each) => each.path === path),
    );
    if (missing.length > 0) throw new Error(`Without a comment of the usual form: ${missing.join(", ")}.`);
    return read;
  });
}

/** The lines of a router's file that import types from the contract. */
export function contractImports(noun: string): [names: string[], module: string][] {
  return [...routerSource(noun).matchAll(/^import (?:type )?\{([^}]*)\} from "(#contract\/[^"]+)"/gm)].map(
    ([, names = "", module = ""]) => [names.split(",").map((name) => name.replace(/\btype\b/, "").trim()), module],
  );
}

function routerSource(noun: string): string {
  const file = noun.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return readFileSync(join(ROUTERS, `${file}.ts`), "utf8");
}

function documented(noun: string, groups: Record<string, string | undefined>): DocumentedProcedure {
  const { doc = "", name = "", input, output = "" } = groups;
  const path = `${noun}.${name}`;
  const procedure = procedures.get(path);
  if (!procedure) throw new Error(`There is no procedure ${path}.`);
  const { meta, type } = procedure._def;
  return {
    path,
    noun,
    name,
    type,
    role: meta.role,
    doc: doc.replace(/\s*\n\s*\*\s?/g, " ").trim(),
    input: input ?? null,
    schema: inputSchemas(procedure)[0] ?? null,
    output: output
      .replace(/^(?:Promise|AsyncIterable)<(.*)>$/s, "$1")
      .replaceAll("<RawJson>", "")
      .trim(),
  };
}
