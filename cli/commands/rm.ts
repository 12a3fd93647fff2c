import { pluralize } from "#formats/number";
import { nameOf } from "../artifacts/format";
import { findRow, parseReference } from "../artifacts/reference";
import { command } from "../runtime/command";
import { confirm } from "../terminal/confirm";

export const rm = command({
  name: "rm",
  summary: "Delete a version or a whole key",
  synopsis: "<key[@version]|id>",
  argCount: [1, 1],
  complete: ["key"],
  options: {
    force: { type: "string", multiple: true, value: "LABEL", help: "Delete a version that has this label" },
    yes: { type: "boolean", short: "y", default: false, help: "Delete without asking" },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
  },
  details: `KEY deletes a key with all its versions, KEY@3 only version 3, KEY@latest only the latest, an id only that
artifact. A version with labels is deleted only with each of them in --force. Deleted versions move to the
trash, where vitrine trash lists them, for a while.`,
  async run({ args: [arg = ""], values, connection, output, interruption }) {
    const { vitrine } = connection;
    const reference = parseReference(arg);
    const row = await findRow(connection, reference);
    // KEY@latest parses like KEY, but names one version.
    if (!("id" in reference || "version" in reference || arg.includes("@"))) {
      const { key } = reference;
      const count = await vitrine.artifact.count.query({ where: { artifacts: { key: { any: [key] } } } });
      await confirm({ output, interruption }, values.yes, `Delete ${key} with ${pluralize(count, "version")}?`);
      const removed = await vitrine.collection.remove.mutate({ key, force: values.force, reason: values.reason });
      return output.result(
        { key, ...removed },
        () => `Deleted ${key} with ${pluralize(removed.versions, "version")}. Undo: vitrine restore ${removed.removal}`,
      );
    }
    await confirm({ output, interruption }, values.yes, `Delete ${nameOf(row)}?`);
    const removed = await vitrine.artifact.remove.mutate({ id: row.id, force: values.force, reason: values.reason });
    await output.result(removed, () => `Deleted ${nameOf(row)}. Undo: vitrine restore ${row.id}`);
  },
});
