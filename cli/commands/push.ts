import { parseFile } from "../artifacts/file-content";
import { nameOf } from "../artifacts/format";
import { METADATA_HELP, parseMetadata } from "../artifacts/metadata";
import { command } from "../runtime/command";
import { readInput } from "../terminal/input";

export const push = command({
  name: "push",
  summary: "Publishes a file, or standard input, as the next version of a key",
  synopsis: "<file|->",
  takes: [1, 1],
  options: {
    key: { type: "string", short: "k", value: "KEY", help: "the key; without one it stands for itself" },
    type: { type: "string", short: "t", value: "TYPE", help: "markdown, table, link, image, progress, json …" },
    description: { type: "string", short: "d", help: "what it is, in markdown" },
    metadata: { type: "string", short: "m", multiple: true, value: "NAME=TEXT", help: "see below" },
    run: { type: "string", value: "ID", help: "the flow run that made it" },
    "task-run": { type: "string", value: "ID", help: "the task run that made it" },
    "idempotency-key": { type: "string", value: "TEXT", help: "sent twice with this, it is one version" },
  },
  help: `The ending says how a file is read: .md is markdown, .csv and .tsv become a table, .json is sent exactly as it is
written, pictures become an image, .url a link, .txt and the like text. Of text, and without a known ending,
the type says it; else it is JSON where it is JSON, and text where not.

  vitrine push report.md --key daily-report --description "What happened today"
  sales.sh | vitrine push - --key sales --type table

${METADATA_HELP}`,
  async run({ words: [file = "-"], values, connection, report, interruption }) {
    const { type, text } = await parseFile(file, await readInput(file, interruption.signal), values.type);
    const made = await connection.vitrine.artifact.create.mutate({
      key: values.key,
      type,
      description: values.description,
      metadata: values.metadata && parseMetadata(values.metadata),
      flowRunId: values.run,
      taskRunId: values["task-run"],
      data: connection.exactJson(text),
      ...(values["idempotency-key"] !== undefined && { idempotencyKey: values["idempotency-key"] }),
    });
    await report.result(made, () => `${nameOf(made)}  ${connection.url}/artifacts/artifact/${made.id}`);
  },
});
