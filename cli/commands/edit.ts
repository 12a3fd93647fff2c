import type { ArtifactUpdate } from "#contract/artifact";
import { parseFile } from "../artifacts/file-content";
import { nameOf } from "../artifacts/format";
import { formatJson } from "../artifacts/json-text";
import { METADATA_HELP, parseMetadata } from "../artifacts/metadata";
import { findRow, parseReference, REFERENCE_HELP, readDataText } from "../artifacts/reference";
import { type CommandContext, command } from "../runtime/command";
import { editText } from "../terminal/editor";
import { CliError, toCliError } from "../terminal/error";
import { readInput } from "../terminal/input";

export const edit = command({
  name: "edit",
  summary: "Changes a version in place; without an option, its data in your editor",
  synopsis: "<key[@version]|id>",
  takes: [1, 1],
  options: {
    description: { type: "string", short: "d", help: "the new description; an empty one takes it away" },
    metadata: {
      type: "string",
      short: "m",
      multiple: true,
      value: "NAME=TEXT",
      help: "see below",
    },
    data: { type: "string", value: "FILE|-", help: "the new data, read as push reads it" },
  },
  help: `${REFERENCE_HELP} A new version is made by push. The editor is what VISUAL or EDITOR says; a version
that somebody changed meanwhile is not overwritten.

${METADATA_HELP}
It joins what is there; name:= takes a name away.`,
  async run({ words: [word = ""], values, ...around }) {
    const { connection, interruption } = around;
    const named = parseReference(word);
    const { id, type, metadata, updated } = await findRow(connection, named);
    if (values.description === undefined && values.metadata === undefined && values.data === undefined) {
      return inEditor({ id, type, updated }, around);
    }
    const change: ArtifactUpdate = { id };
    if (values.description !== undefined) change.description = values.description || null;
    if (values.metadata)
      Object.assign(change, { metadata: parseMetadata(values.metadata, metadata ?? {}), ifUpdated: updated });
    if (values.data !== undefined) {
      const { text } = await parseFile(
        values.data,
        await readInput(values.data, interruption.signal),
        type ?? undefined,
      );
      change.data = connection.exactJson(text);
    }
    await save(change, around);
  },
});

async function save(change: ArtifactUpdate, { connection, report }: CommandContext): Promise<void> {
  const row = await connection.vitrine.artifact.update.mutate(change);
  await report.result(row, () => `Changed ${nameOf(row)}.`);
}

async function inEditor(
  { id, type, updated }: { id: string; type: string | null; updated: string },
  around: CommandContext,
): Promise<void> {
  const { connection, report, interruption, env } = around;
  const before = await readDataText(connection, { id });
  const isText = before.startsWith('"');
  const text: string = isText ? JSON.parse(before) : `${formatJson(before)}\n`;
  const name = isText ? `data.${type === "markdown" ? "md" : "txt"}` : "data.json";
  interruption.release();
  await editText({ text, name }, env.editor, async (written, file) => {
    if (written === text) return report.note("Nothing was changed.");
    try {
      const now = await parseFile(name, Buffer.from(written), undefined);
      await save({ id, data: connection.exactJson(now.text), ifUpdated: updated }, around);
    } catch (error) {
      const { exit, code, message, details } = toCliError(error);
      throw new CliError(exit, code, `${message} What you wrote is in ${file}.`, details);
    }
  });
}
