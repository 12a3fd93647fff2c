import type { ArtifactUpdate } from "#contract/artifact";
import { publicationOf } from "../artifacts/file-content";
import { nameOf } from "../artifacts/format";
import { laidOut } from "../artifacts/json-text";
import { metadataOf, WRITING } from "../artifacts/metadata";
import { dataText, NAMING, referenceOf, rowOf } from "../artifacts/reference";
import { command, type Surroundings } from "../runtime/command";
import { edited } from "../terminal/editor";
import { Failure, failureOf } from "../terminal/error";
import { bytesOf } from "../terminal/input";

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
  help: `${NAMING} A new version is made by push. The editor is what VISUAL or EDITOR says; a version
that somebody changed meanwhile is not overwritten.

${WRITING}
It joins what is there; name:= takes a name away.`,
  async run({ words: [word = ""], values, ...around }) {
    const { connection, interruption } = around;
    const named = referenceOf(word);
    const { id, type, metadata, updated } = await rowOf(connection, named);
    if (values.description === undefined && values.metadata === undefined && values.data === undefined) {
      return inEditor({ id, type, updated }, around);
    }
    const change: ArtifactUpdate = { id };
    if (values.description !== undefined) change.description = values.description || null;
    if (values.metadata)
      Object.assign(change, { metadata: metadataOf(values.metadata, metadata ?? {}), ifUpdated: updated });
    if (values.data !== undefined) {
      const { text } = await publicationOf(
        values.data,
        await bytesOf(values.data, interruption.signal),
        type ?? undefined,
      );
      change.data = connection.exact(text);
    }
    await save(change, around);
  },
});

async function save(change: ArtifactUpdate, { connection, report }: Surroundings): Promise<void> {
  const row = await connection.vitrine.artifact.update.mutate(change);
  await report.result(row, () => `Changed ${nameOf(row)}.`);
}

async function inEditor(
  { id, type, updated }: { id: string; type: string | null; updated: string },
  around: Surroundings,
): Promise<void> {
  const { connection, report, interruption, env } = around;
  const before = await dataText(connection, { id });
  const isText = before.startsWith('"');
  const text: string = isText ? JSON.parse(before) : `${laidOut(before)}\n`;
  const name = isText ? `data.${type === "markdown" ? "md" : "txt"}` : "data.json";
  interruption.release();
  await edited({ text, name }, env.editor, async (written, file) => {
    if (written === text) return report.note("Nothing was changed.");
    try {
      const now = await publicationOf(name, Buffer.from(written), undefined);
      await save({ id, data: connection.exact(now.text), ifUpdated: updated }, around);
    } catch (error) {
      const { exit, code, message, details } = failureOf(error);
      throw new Failure(exit, code, `${message} What you wrote is in ${file}.`, details);
    }
  });
}
