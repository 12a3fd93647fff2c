import type { ArtifactUpdate } from "#contract/artifact";
import { formatJson } from "#formats/exact-json";
import { nameOf } from "../artifacts/format";
import { METADATA_HELP, parseMetadata } from "../artifacts/metadata";
import { findRow, parseReference, REFERENCE_HELP, readDataText } from "../artifacts/reference";
import { parseFile } from "../files/file-content";
import { FILE_OPTIONS, fileOptions } from "../files/file-options";
import { expectShape, fitsShape } from "../files/shape";
import { type CommandContext, command } from "../runtime/command";
import { editText } from "../terminal/editor";
import { CliError, toCliError } from "../terminal/error";
import { readInput } from "../terminal/input";

export const edit = command({
  name: "edit",
  summary: "Edit a version in place",
  synopsis: "<key[@version]|id>",
  argCount: [1, 1],
  complete: ["key"],
  options: {
    description: { type: "string", short: "d", help: 'New description; "" removes it' },
    metadata: { type: "string", short: "m", multiple: true, value: "METADATA", help: "New metadata; see above" },
    data: { type: "string", value: "FILE|-", help: "New data, read as push reads it", complete: "file" },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
    ...FILE_OPTIONS,
  },
  details: `Without options, opens the data in $VISUAL or $EDITOR. Fails if the version was changed meanwhile. New data
must fit the type of the version. To publish a new version instead, use push.

${REFERENCE_HELP}

${METADATA_HELP}
It is merged with the existing metadata; NAME:= removes a name.`,
  async run({ args: [arg = ""], values, ...context }) {
    const { connection, interruption } = context;
    const { id, type, metadata, updated } = await findRow(connection, parseReference(arg));
    if (values.description === undefined && values.metadata === undefined && values.data === undefined) {
      return editData({ id, type, updated, reason: values.reason }, context);
    }
    const change: ArtifactUpdate = { id, reason: values.reason };
    if (values.description !== undefined) change.description = values.description || null;
    if (values.metadata) {
      change.metadata = parseMetadata(values.metadata, metadata ?? {});
      change.ifUpdated = updated;
    }
    if (values.data !== undefined) {
      const bytes = await readInput(values.data, interruption.signal);
      const { json, notes } = await parseFile(values.data, bytes, fileOptions(values, type ?? undefined));
      for (const note of notes) context.output.note(note);
      change.data = connection.exactJson(json);
    }
    await update(change, context);
  },
});

async function update(change: ArtifactUpdate, { connection, output }: CommandContext): Promise<void> {
  const row = await connection.vitrine.artifact.update.mutate(change);
  await output.result(row, () => `Updated ${nameOf(row)}.`);
}

async function editData(
  { id, type, updated, reason }: { id: string; type: string | null; updated: string; reason: string | undefined },
  context: CommandContext,
): Promise<void> {
  const { connection, output, interruption, env } = context;
  const dataText = await readDataText(connection, { id });
  const isText = dataText.startsWith('"');
  const before: string = isText ? JSON.parse(dataText) : `${formatJson(dataText)}\n`;
  const name = isText ? `data.${type === "markdown" ? "md" : "txt"}` : "data.json";
  interruption.release();
  await editText({ text: before, name }, env.editor, async (after, file) => {
    if (after === before) return output.note("No changes.");
    try {
      const { json } = await parseFile(name, Buffer.from(after), {});
      // Data that did not fit its type before may stay so.
      if (fitsShape(type, Buffer.from(dataText))) expectShape("The data", type, json);
      await update({ id, data: connection.exactJson(json), ifUpdated: updated, reason }, context);
    } catch (error) {
      const { exit, code, message, details } = toCliError(error);
      throw new CliError(exit, code, `${message} Your text is in ${file}.`, details);
    }
  });
}
