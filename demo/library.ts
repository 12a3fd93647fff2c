import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "#contract/json";
import { DATASETS_FOLDER } from "./dataset";
import { installedPackages, readDocument, slugOf } from "./packages";
import type { Plan, Publication } from "./plan";

const READMES = [
  "zod",
  "postgres",
  "micromark-extension-gfm",
  "nuqs",
  "fast-check",
  "drizzle-orm",
  "@playwright/test",
  "mdast-util-to-hast",
];
const DATASETS = [
  "weather",
  "stocks",
  "us_employment",
  "birdstrikes",
  "co2_concentration",
  "disasters",
  "penguins",
  "earthquakes",
  "gapminder",
  "crimea",
  "barley",
  "wheat",
];

interface Resource {
  name: string;
  path: string;
  description?: string;
  sources?: { title: string; path?: string }[];
  licenses?: { title: string }[];
  schema?: { fields: { [name: string]: Json }[] };
}

/** A library: manuals of installed packages, and a catalogue of the datasets with links to their sources. */
export function library(): Plan {
  const start = "2026-11-03T06:00:00Z";
  const manuals = installedPackages().filter(({ name }) => READMES.includes(name));
  const entries = resources().filter(({ name }) => DATASETS.includes(name));
  return {
    flow: { name: "data-catalogue", tags: ["documentation"], labels: { team: "platform", tier: "bronze" } },
    deployments: [
      {
        name: "weekly",
        description: "Refreshes the manuals and the catalogue.",
        workQueueName: "slow",
        version: "2.1.0",
        tags: ["production"],
      },
    ],
    runs: [
      {
        id: "manuals",
        name: "manuals",
        deployment: "weekly",
        start,
        tags: ["readme"],
        steps: manuals.map((each) => ({
          key: `read_${slugOf(each.name)}`,
          publishes: [
            {
              key: `manual/${slugOf(each.name)}`,
              type: "markdown",
              description: each.description || `The manual of ${each.name}.`,
              metadata: { package: each.name, version: each.version, licence: each.license },
              data: readDocument(each, "readme") ?? `# ${each.name}\n`,
            },
          ],
        })),
      },
      {
        id: "catalogue",
        name: "catalogue",
        deployment: "weekly",
        start,
        tags: ["catalogue"],
        steps: entries.map((entry) => ({ key: `describe_${entry.name}`, publishes: [page(entry), ...link(entry)] })),
      },
    ],
  };
}

function resources(): Resource[] {
  return JSON.parse(readFileSync(join(DATASETS_FOLDER, "datapackage.json"), "utf8")).resources;
}

function page({ name, path, description = "", sources = [], licenses = [], schema }: Resource): Publication {
  const fields = (schema?.fields ?? []).map((field) => `| \`${field.name}\` | ${field.type} |`);
  const columns = fields.length ? `\n## Columns\n\n| Column | Type |\n|---|---|\n${fields.join("\n")}\n` : "";
  const list = sources.map(({ title, path: url }) => (url ? `- [${title}](${url})` : `- ${title}`)).join("\n");
  return {
    key: `dataset/${slugOf(name)}`,
    type: "markdown",
    description: `Content and sources of \`${path}\`.`,
    metadata: { file: path, licence: licenses[0]?.title ?? null, sources: sources.length },
    data: `# ${path}\n\n${description}\n${columns}\n## Sources\n\n${list || "Not stated."}\n`,
  };
}

function link({ name, sources = [] }: Resource): Publication[] {
  const source = sources.find(({ path }) => path);
  if (!source?.path) return [];
  return [
    {
      key: `source/${slugOf(name)}`,
      type: "link",
      description: `Source of the dataset *${name.replaceAll("_", " ")}*.`,
      metadata: { dataset: name },
      data: { url: source.path, text: source.title },
    },
  ];
}
