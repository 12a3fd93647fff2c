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
  summary: "Restore deleted versions from the trash",
  synopsis: "<id|removal|key@version>",
  argCount: [1, 1],
  options: {},
  details: `Restores one version by its id or as KEY@3, or all versions that one deletion took, by the id that rm or prune
printed. A restored version keeps its id and its number.`,
  async run({ args: [arg = ""], connection, output }) {
    const { vitrine } = connection;
    const id = await findId(connection, arg);
    const row = await vitrine.artifact.restore.mutate({ id }).catch(nullIfNotFound);
    if (row) return output.result({ restored: [row], versions: 1 }, () => `Restored ${nameOf(row)}.`);
    const removal = await vitrine.trash.restoreRemoval.mutate({ removal: id }).catch(nullIfNotFound);
    if (!removal) throw notFoundError(`${arg} is not in the trash.`);
    await output.result(removal, () => `Restored ${pluralize(removal.versions, "version")}.`);
  },
});

async function findId({ vitrine }: Connection, arg: string): Promise<string> {
  const reference = parseReference(arg);
  if ("id" in reference) return reference.id;
  if (!("version" in reference)) {
    throw usageError(`Specify the version, as in ${reference.key}@3, or the id that rm or prune printed.`);
  }
  const where = { key: reference.key };
  for await (const { id, version } of vitrine.removed.page({ where, limit: MAX_LIMIT })) {
    if (version === reference.version) return id;
  }
  throw notFoundError(`${arg} is not in the trash.`);
}

function nullIfNotFound(error: unknown): null {
  if (error instanceof VitrineError && error.code === "NOT_FOUND") return null;
  throw error;
}
