import { basename, extname } from "node:path";
import { nameOf } from "../artifacts/format";
import { METADATA_HELP, parseMetadata } from "../artifacts/metadata";
import { pagePath } from "../artifacts/page-path";
import { parseFile } from "../files/file-content";
import { CSV_HELP, FILE_OPTIONS, fileOptions } from "../files/file-options";
import { uploaded } from "../files/upload";
import { command } from "../runtime/command";
import { usageError } from "../terminal/error";
import { readInput } from "../terminal/input";

const TYPES = ["markdown", "table", "link", "image", "progress", "json", "text", "file", "files"];

export const push = command({
  name: "push",
  summary: "Publish files and folders, each as a version of a key",
  synopsis: "<file|folder|->...",
  argCount: [1, Number.POSITIVE_INFINITY],
  complete: ["file"],
  options: {
    key: { type: "string", short: "k", value: "KEY", help: "Key to publish under; {name} is the name of the file" },
    type: { type: "string", short: "t", value: "TYPE", help: "Type, such as markdown, table or json", complete: TYPES },
    description: { type: "string", short: "d", help: "Description, in markdown" },
    metadata: { type: "string", short: "m", multiple: true, value: "METADATA", help: "Metadata; see above" },
    tag: { type: "string", multiple: true, value: "TAG", help: "Tag of the version; repeat for more", field: "tags" },
    run: { type: "string", value: "ID", help: "Flow run that the artifact belongs to", field: "flowRunId" },
    "task-run": { type: "string", value: "ID", help: "Task run that the artifact belongs to", field: "taskRunId" },
    "idempotency-key": {
      type: "string",
      value: "TEXT",
      help: "Publish only once with this key",
      field: "idempotencyKey",
    },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
    "if-changed": {
      type: "boolean",
      default: false,
      help: "Publish only what differs from the latest version of its key",
      field: "ifChanged",
    },
    ...FILE_OPTIONS,
  },
  details: `Reads standard input for "-". Without a key, an artifact has no versions. The extension selects the format:
.md is markdown, .csv and .tsv become a table, .json is stored exactly as it is written, image files
become an image, .url a link, .log, .yaml, .toml, .xml, .sql, .jsonl, .mmd (Mermaid), .geojson, .sarif and .lcov what they are,
and .txt and the like text. For text and unknown extensions, --type does; without it, valid JSON is json and the
rest is text. What is none of these, such as PDF, Parquet and ZIP files, or larger
than 16 MiB, is kept as it is, with its name; --type file does so with any file. A folder becomes one version with all of
its files. Only files that the server lacks are sent, so that a folder can be continued.

With --if-changed, a file is not published where the latest version of its key has the same type, description,
metadata and data, and the same tags where --tag is used, whatever its runs are.

${CSV_HELP}

${METADATA_HELP}`,
  examples: [
    'vitrine push report.md --key daily-report --description "What happened today"',
    "vitrine push reports/*.csv --key 'report-{name}'",
    "sales.sh | vitrine push - --key sales --type table --if-changed",
    `vitrine push data.json -k data -m source=shop -m rows:=2 -m '{"region": "north"}'`,
  ],
  async run({ args: files, values, connection, output, interruption }) {
    if (files.length > 1) expectForEach(values);
    if (values["if-changed"] && values.key === undefined) throw usageError("--if-changed requires --key.");
    const metadata = values.metadata && parseMetadata(values.metadata);
    const keys = files.map((file) => values.key?.replaceAll("{name}", () => keyPart(file)));
    for (const [at, file] of files.entries()) {
      const { type, json, notes } =
        (await uploaded(file, values.type, connection, output)) ??
        (await parseFile(file, await readInput(file, interruption.signal), fileOptions(values, values.type)));
      for (const note of notes) output.note(note);
      const row = await connection.vitrine.artifact.create.mutate({
        key: keys[at],
        type,
        description: values.description,
        metadata,
        tags: values.tag,
        flowRunId: values.run,
        taskRunId: values["task-run"],
        reason: values.reason,
        data: connection.exactJson(json),
        ...(values["idempotency-key"] !== undefined && { idempotencyKey: values["idempotency-key"] }),
        ...(values["if-changed"] && { ifChanged: true }),
      });
      const note = row.unchanged ? " (unchanged)" : "";
      await output.result(row, () => `${nameOf(row)}${note}  ${connection.url}${pagePath(row)}`);
    }
  },
});

/** @throws CliError (usage) for options that would publish several files as one */
function expectForEach(values: { key?: string | undefined; "idempotency-key"?: string | undefined }): void {
  if (values.key !== undefined && !values.key.includes("{name}")) {
    throw usageError("With several files, --key must contain {name}, as in --key 'report-{name}'.");
  }
  if (values["idempotency-key"] !== undefined) throw usageError("--idempotency-key is for a single file.");
}

/** The name of a file without its extension as a part of a key: `Größe 2.csv` is `grosse-2`. */
function keyPart(file: string): string {
  const name = file === "-" ? "" : basename(file, extname(file));
  const letters = name
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase();
  const part = letters.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (part === "") throw usageError(`${file} has no name for the {name} in --key.`);
  return part;
}
