import { z } from "zod";
import * as filters from "#contract/where";
import { contractImports, type DocumentedProcedure } from "./read-routers";

/** The procedures as interfaces with comments and named types, which editors display better than inferred ones. */
export function clientTypes(documented: DocumentedProcedure[]): string {
  const called = documented.filter(({ type }) => type !== "subscription");
  const nouns = [...new Set(called.map(({ noun }) => noun))];
  const inputs = new Map(called.flatMap(({ input, schema }) => (input && schema ? [[input, schema] as const] : [])));
  const wheres = new Set([...inputs.values()].flatMap((schema) => whereName(schema) ?? []));
  const used = new Set([...inputs.keys(), ...called.flatMap(({ output }) => output.match(/\b[A-Z]\w+/g) ?? [])]);
  return `// Written by \`npm run reference\` from the comments and types of the routers.
import type { TRPCRequestOptions } from "@trpc/client";
import type { z } from "zod";
${imports(nouns, used).join("\n")}
import type { ${[...wheres].sort().join(", ")} } from "#contract/where";
import type { CallLimits } from "./options";

/** Options of one call; \`context\` holds its own time limit and retries. */
export interface CallOptions extends Omit<TRPCRequestOptions, "context"> {
  context?: CallLimits;
}

type Arguments<Input> = undefined extends Input
  ? [input?: Input, options?: CallOptions]
  : [input: Input, options?: CallOptions];

export interface Query<Input, Output> {
  /** Rejects with a VitrineError, or with the reason of \`signal\`. */
  query(...args: Arguments<Input>): Promise<Output>;
}

export interface Mutation<Input, Output> {
  /** Rejects with a VitrineError, or with the reason of \`signal\`. */
  mutate(...args: Arguments<Input>): Promise<Output>;
}

${[...inputs].map(([name, schema]) => inputDeclaration(name, schema)).join("\n")}

${nouns.map((noun) => nounInterface(noun, called)).join("\n\n")}

/** Every query and mutation of the server: \`artifact.create.mutate({ key: "report", data: "# Hi" })\`. */
export interface Procedures {
${nouns.map((noun) => `  readonly ${noun}: ${interfaceName(noun)};`).join("\n")}
}
`;
}

function imports(nouns: string[], used: Set<string>): string[] {
  const byModule = new Map<string, Set<string>>();
  for (const [names, module] of nouns.flatMap(contractImports)) {
    const known = byModule.get(module) ?? new Set();
    for (const name of names) if (used.has(name)) known.add(name);
    byModule.set(module, known);
  }
  return [...byModule]
    .filter(([, names]) => names.size > 0)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([module, names]) => `import type { ${[...names].sort().join(", ")} } from "${module}";`);
}

/** An interface, which is displayed by its name, where the type is one object. */
function inputDeclaration(name: string, schema: z.ZodType): string {
  const { type } = schema._zod.def;
  if (type === "union") return `export type ${inputName(name)} = z.input<typeof ${name}>;`;
  const where = whereName(schema);
  const input = `NonNullable<z.input<typeof ${name}>>`;
  if (!where) return `export interface ${inputName(name)} extends ${input} {}`;
  return `export interface ${inputName(name)} extends Omit<${input}, "where"> {\n  where?: ${where} | undefined;\n}`;
}

/** The name of the filters that an input takes as `where`; undefined for another input. */
function whereName(schema: z.core.$ZodType): string | undefined {
  if (schema instanceof z.ZodPrefault) return whereName(schema.unwrap());
  const { where } = schema instanceof z.ZodObject ? schema.shape : {};
  if (!(where instanceof z.ZodOptional)) return undefined;
  return Object.entries(filters).find(([, filter]) => filter === where.unwrap())?.[0];
}

function inputName(name: string): string {
  return `${name}Input`;
}

function interfaceName(noun: string): string {
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)}Procedures`;
}

/** A comment of a member, in lines of at most 120 characters. */
function comment(doc: string): string {
  const lines = doc.match(/\S(?:.{0,113}\S)?(?=\s|$)/g) ?? [];
  return lines.length === 1 && doc.length < 112
    ? `  /** ${doc} */`
    : `  /**\n${lines.map((line) => `   * ${line}`).join("\n")}\n   */`;
}

function nounInterface(noun: string, called: DocumentedProcedure[]): string {
  const members = called
    .filter((each) => each.noun === noun)
    .map(({ doc, name, type, input, schema, output }) => {
      const optional = schema?.safeParse(undefined).success ?? true;
      const inputType = input ? `${inputName(input)}${optional ? " | undefined" : ""}` : "undefined";
      return `${comment(doc)}\n  readonly ${name}: ${type === "query" ? "Query" : "Mutation"}<${inputType}, ${output}>;`;
    });
  return `export interface ${interfaceName(noun)} {\n${members.join("\n\n")}\n}`;
}
