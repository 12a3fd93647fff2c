import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import * as conditions from "#contract/filter";
import * as filters from "#contract/where";
import { anchorOf } from "./anchor";
import { fieldTables, NAMED } from "./field-table";
import { WHERE_EXAMPLES } from "./where-examples";

const FILTERS = [
  ["artifacts", filters.ArtifactFilter],
  ["flowRuns", filters.FlowRunFilter],
  ["taskRuns", filters.TaskRunFilter],
  ["deployments", filters.DeploymentFilter],
  ["flows", filters.FlowFilter],
] as const;

const kinds = Object.entries({ ...conditions, StateCondition: filters.StateCondition })
  .flatMap(([name, value]): [string, z.ZodType][] =>
    /Condition$|^IdChoice$/.test(name) && value instanceof z.ZodType ? [[name, value]] : [],
  )
  .sort(([one], [other]) => (one < other ? -1 : 1));

/** How lists are filtered, in markdown. */
export function wherePage(): string {
  const linked = new Map<z.core.$ZodType, string>(
    kinds.map(([name, schema]) => [schema, `[${label(name)}](#${anchorOf(label(name))})`]),
  );
  const names = new Map([...linked, ...[...NAMED].filter(([, text]) => !text.includes("where.md"))]);
  const comments = commentsOf("where.ts");
  return `<!-- Written by \`npm run reference\` from the contract. -->

# Filters

\`where\` filters \`list\`, \`page\`, \`count\` and \`facets\` of every router. It has up to five filters, all of which must match:
one on the rows themselves, and others on the runs, deployments and flows that produced them. \`where\` of artifacts and
collections can have a \`query\` too, in the [query language](query.md), which has \`or\` and negation between all conditions.

${WHERE_EXAMPLES.map(({ title, where }) => `${title}\n\n\`\`\`ts\n${where.trim()}\n\`\`\``).join("\n\n")}

Within one filter the conditions are combined by its \`operator\`: \`"and"\` (the default) or \`"or"\`. A condition without
criteria is ignored. An empty list \`any: []\` matches nothing.

${FILTERS.map(([noun, schema]) => `## ${noun}\n\n${comments.get(filterName(noun)) ?? ""}\n\n${fieldTables(schema, names)}`).join("\n\n")}

## Conditions

${kinds.map(([name, schema]) => condition(name, schema, names)).join("\n\n")}
`;
}

function condition(name: string, schema: z.ZodType, names: ReadonlyMap<z.core.$ZodType, string>): string {
  const others = new Map([...names].filter(([each]) => each !== schema));
  const comment = commentsOf("filter.ts").get(name) ?? commentsOf("where.ts").get(name) ?? "";
  return [`### ${label(name)}`, comment, fieldTables(schema, others) ?? ""].filter(Boolean).join("\n\n");
}

function filterName(noun: string): string {
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1).replace(/s$/, "")}Filter`;
}

/** `OptionalIdCondition` → `Optional id`. */
function label(name: string): string {
  return name.replace(/Condition$/, "").replace(/(?!^)[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The comments of exported schemas, on one line each. */
function commentsOf(file: string): Map<string, string> {
  const source = readFileSync(join(import.meta.dirname, "../../contract", file), "utf8");
  const commented = /^\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport const (\w+)/gm;
  return new Map(
    [...source.matchAll(commented)].map(([, text = "", name = ""]) => [name, text.replace(/\s*\n \*\s?/g, " ").trim()]),
  );
}
