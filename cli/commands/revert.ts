import { nameOf } from "../artifacts/format";
import { findRow, parseReference, REFERENCE_HELP } from "../artifacts/reference";
import { command } from "../runtime/command";
import { CliError, usageError } from "../terminal/error";

export const revert = command({
  name: "revert",
  summary: "Undo edits of a version",
  synopsis: "<key[@version]|id>",
  argCount: [1, 1],
  complete: ["key"],
  options: {
    revision: { type: "string", value: "N", help: "Undo this change and all after it (default: the last change)" },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
  },
  details: `Description, metadata and data become what they were before a change. This is a change too, so that it can be
reverted. vitrine log lists the numbers of changes.

${REFERENCE_HELP}`,
  async run({ args: [arg = ""], values, connection, output }) {
    const { artifact } = connection.vitrine;
    if (values.revision !== undefined && !/^[1-9]\d{0,8}$/.test(values.revision)) {
      throw usageError(`Invalid --revision "${values.revision}": use a number that vitrine log shows.`);
    }
    const row = await findRow(connection, parseReference(arg));
    const [last] = await artifact.revisions.query({ id: row.id, limit: 1 });
    if (!last) throw new CliError(3, "NOT_FOUND", `${nameOf(row)} was never edited.`);
    const isLast = values.revision === undefined;
    const revision = isLast ? last.revision : Number(values.revision);
    const reverted = await artifact.revert.mutate({
      id: row.id,
      revision,
      reason: values.reason,
      // Without a number it is the change that was seen here, and no later one.
      ...(isLast && { ifUpdated: row.updated }),
    });
    await output.result(reverted, () => `Reverted ${nameOf(row)} to what it was before change ${revision}.`);
  },
});
