import { parseFile } from "../files/file-content";
import { nameOf } from "../artifacts/format";
import { METADATA_HELP, parseMetadata } from "../artifacts/metadata";
import { command } from "../runtime/command";
import { readInput } from "../terminal/input";

export const push = command({
  name: "push",
  summary: "Publish a file as the next version of a key",
  synopsis: "<file|->",
  argCount: [1, 1],
  options: {
    key: { type: "string", short: "k", value: "KEY", help: "Key to publish under (default: none, without versions)" },
    type: { type: "string", short: "t", value: "TYPE", help: "Type: markdown, table, link, image, progress, json …" },
    description: { type: "string", short: "d", help: "Description, in markdown" },
    metadata: { type: "string", short: "m", multiple: true, value: "METADATA", help: "Metadata; see above" },
    run: { type: "string", value: "ID", help: "Flow run that the artifact belongs to" },
    "task-run": { type: "string", value: "ID", help: "Task run that the artifact belongs to" },
    "idempotency-key": { type: "string", value: "TEXT", help: "Publish only once with this key" },
  },
  details: `Reads standard input for "-". The extension selects the format: .md is markdown, .csv and .tsv become a table,
.json is stored exactly as it is written, image files become an image, .url a link, and .txt and the like
text. For text and unknown extensions, --type does; without it, valid JSON is json and the rest is text.

${METADATA_HELP}`,
  examples: [
    'vitrine push report.md --key daily-report --description "What happened today"',
    "sales.sh | vitrine push - --key sales --type table",
    `vitrine push data.json -k data -m source=shop -m rows:=2 -m '{"region": "north"}'`,
  ],
  async run({ args: [file = "-"], values, connection, output, interruption }) {
    const { type, text } = await parseFile(file, await readInput(file, interruption.signal), values.type);
    const row = await connection.vitrine.artifact.create.mutate({
      key: values.key,
      type,
      description: values.description,
      metadata: values.metadata && parseMetadata(values.metadata),
      flowRunId: values.run,
      taskRunId: values["task-run"],
      data: connection.exactJson(text),
      ...(values["idempotency-key"] !== undefined && { idempotencyKey: values["idempotency-key"] }),
    });
    await output.result(row, () => `${nameOf(row)}  ${connection.url}/artifacts/artifact/${row.id}`);
  },
});
