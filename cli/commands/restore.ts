import { VitrineError } from "#contract/error";
import { MAX_LIMIT } from "#contract/limits";
import { pluralize } from "#formats/number";
import { nameOf } from "../artifacts/format";
import { parseReference } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";
import { notFoundError, usageError } from "../terminal/error";

export const restore = command({
  name: "restore",
  summary: "Brings a version, or all that a removal took, back from the trash",
  synopsis: "<id|removal|key@version>",
  takes: [1, 1],
  options: {},
  help: "rm says the id or removal of what it took. A version comes back under its id and number.",
  async run({ words: [word = ""], connection, report }) {
    const id = await idOf(connection, word);
    const row = await connection.vitrine.artifact.restore.mutate({ id }).catch(unlessFound);
    if (row) return report.result({ restored: [row], versions: 1 }, () => `Restored ${nameOf(row)}.`);
    const removal = await connection.vitrine.trash.restoreRemoval.mutate({ removal: id }).catch(unlessFound);
    if (!removal) throw notFoundError(`Nothing in the trash is or went with ${word}.`);
    await report.result(removal, () => `Restored ${pluralize(removal.versions, "version")}.`);
  },
});

async function idOf({ vitrine }: Connection, word: string): Promise<string> {
  const named = parseReference(word);
  if ("id" in named) return named.id;
  if (!("version" in named)) throw usageError(`Name what to restore by its id, its removal or as ${named.key}@3.`);
  for await (const { id, version } of vitrine.removed.page({ where: { key: named.key }, limit: MAX_LIMIT })) {
    if (version === named.version) return id;
  }
  throw notFoundError(`${word} is not in the trash.`);
}

function unlessFound(error: unknown): null {
  if (error instanceof VitrineError && error.code === "NOT_FOUND") return null;
  throw error;
}
