import { pluralize } from "#formats/number";
import { nameOf } from "../artifacts/format";
import { findRow, parseReference } from "../artifacts/reference";
import { command } from "../runtime/command";
import { confirm } from "../terminal/confirm";

export const rm = command({
  name: "rm",
  summary: "Moves a version, or a key with all its versions, to the trash",
  synopsis: "<key[@version]|id>",
  takes: [1, 1],
  options: { yes: { type: "boolean", short: "y", default: false, help: "do not ask" } },
  help: `KEY is the key with all its versions, KEY@3 that version, an id that artifact. What went is kept for a while:
vitrine restore brings it back.`,
  async run({ words: [word = ""], values, connection, report, interruption }) {
    const { vitrine } = connection;
    const named = parseReference(word);
    const row = await findRow(connection, named);
    // KEY@latest is a version, though it is read as KEY is.
    if (!("id" in named || "version" in named || word.includes("@"))) {
      const count = await vitrine.artifact.count.query({ where: { artifacts: { key: { any: [named.key] } } } });
      await confirm(
        { report, interruption },
        values.yes,
        `Move ${named.key} with ${pluralize(count, "version")} to the trash?`,
      );
      const gone = await vitrine.collection.remove.mutate(named);
      return report.result(
        { key: named.key, ...gone },
        () => `Removed ${named.key} with ${pluralize(gone.versions, "version")}. Undo: vitrine restore ${gone.removal}`,
      );
    }
    await confirm({ report, interruption }, values.yes, `Move ${nameOf(row)} to the trash?`);
    const gone = await vitrine.artifact.remove.mutate({ id: row.id });
    await report.result(gone, () => `Removed ${nameOf(row)}. Undo: vitrine restore ${row.id}`);
  },
});
