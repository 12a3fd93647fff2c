import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { anchorOf } from "./anchor";
import { EXAMPLES } from "./examples";
import { fieldTables } from "./field-table";
import type { DocumentedProcedure } from "./read-routers";

const CONTRACT = join(import.meta.dirname, "../../contract");

const ABOUT: Record<string, string> = {
  artifact: "Versions, and artifacts without a key.",
  collection: "The latest version of each key.",
  trash: "Deleted versions.",
  flow: "Flows.",
  deployment: "Deployments of flows.",
  flowRun: "Runs of flows.",
  taskRun: "Runs of tasks.",
  event: "Who wrote what.",
  changes: "What changes, as it happens.",
  admin: "For operators.",
};

/** The reference of all procedures in markdown. */
export function apiPage(documented: DocumentedProcedure[]): string {
  const nouns = [...new Set(documented.map(({ noun }) => noun))];
  const contents = nouns.map((noun) => {
    const links = documented
      .filter((each) => each.noun === noun)
      .map(({ path, name }) => `[\`${name}\`](#${anchorOf(path)})`);
    return `| [\`${noun}\`](#${anchorOf(noun)}) | ${links.join(", ")} |`;
  });
  return `<!-- Written by \`npm run reference\` from the routers and the contract. -->

# Procedures

Every procedure of the tRPC API: what goes in, what comes out, and the errors beside those of
[every request](http-api.md#errors). The examples use the [TypeScript client](../client/README.md); with plain tRPC they
are the same. By HTTP a query is \`GET /api/trpc/NAME?input=JSON\`, and a mutation \`POST /api/trpc/NAME\` with JSON.
A call needs the role that is named, or a higher one: \`read\`, \`write\`, \`admin\`.

| router | procedures |
| --- | --- |
${contents.join("\n")}

${nouns.map((noun) => section(noun, documented)).join("\n\n")}

## Types

${types(documented).join("\n\n")}
`;
}

function section(noun: string, documented: DocumentedProcedure[]): string {
  const own = documented.filter((each) => each.noun === noun);
  return [`## ${noun}`, ABOUT[noun] ?? "", ...own.map(procedure)].join("\n\n");
}

function procedure({ path, type, role, doc, schema, output }: DocumentedProcedure): string {
  const example = EXAMPLES[path];
  if (example === undefined) throw new Error(`${path} has no example.`);
  const fields = schema && fieldTables(schema);
  return [
    `### ${path}`,
    `${type.charAt(0).toUpperCase()}${type.slice(1)} · role \`${role}\` · returns ${linked(output)}`,
    doc,
    ...(fields === null ? ["It takes no input."] : [fields]),
    `\`\`\`ts\n${example.trim()}\n\`\`\``,
  ].join("\n\n");
}

/** A type with links to its parts: `` `Page` of `Artifact` ``. */
function linked(output: string): string {
  return output
    .split(/(\b[A-Z]\w+)/)
    .map((part, index) => (index % 2 === 1 ? `[\`${part}\`](#${anchorOf(typeHeading(part))})` : part && `\`${part}\``))
    .join("");
}

/** A noun has the heading without the addition. */
function typeHeading(name: string): string {
  return `${name} (type)`;
}

/** The interfaces of results, and those that they use, as the contract declares them. */
function types(documented: DocumentedProcedure[]): string[] {
  const sources = declarations();
  const found = new Map<string, string>();
  const add = (text: string) => {
    for (const name of text.match(/\b[A-Z]\w+/g) ?? []) {
      const source = sources.get(name);
      if (source === undefined || found.has(name)) continue;
      found.set(name, source);
      add(source.replace(/\/\*\*[\s\S]*?\*\//g, ""));
    }
  };
  for (const { output } of documented) add(output);
  return [...found]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, source]) => `### ${typeHeading(name)}\n\n\`\`\`ts\n${source}\n\`\`\``);
}

const DECLARATION = /^(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export interface (\w+)[^\n]*\{\n[\s\S]*?^\}/gm;

function declarations(): Map<string, string> {
  const files = readdirSync(CONTRACT).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  return new Map(
    files.flatMap((file) =>
      [...readFileSync(join(CONTRACT, file), "utf8").matchAll(DECLARATION)].map(
        ([text, name = ""]): [string, string] => [name, text.replace(/^export /m, "")],
      ),
    ),
  );
}
