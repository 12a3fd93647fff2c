import { VitrineError } from "#contract/error";
import { MAX_LIMIT, MAX_LIST } from "#contract/limits";
import { pluralize } from "#formats/number";
import { nameOf } from "../artifacts/format";
import { parseReference } from "../artifacts/reference";
import { type CommandContext, command } from "../runtime/command";
import { notFoundError, usageError } from "../terminal/error";

export const restore = command({
  name: "restore",
  summary: "Restore deleted versions from the trash",
  synopsis: "<key[@version]|id|removal>",
  argCount: [1, 1],
  options: { reason: { type: "string", value: "TEXT", help: "Why, for the history" } },
  details: `KEY restores what the last deletion took of a key, KEY@3 or an id one version, and a removal everything
that one deletion took. vitrine trash lists them. A restored version keeps its id and its number.`,
  async run({ args: [arg = ""], values: { reason }, ...context }) {
    const reference = parseReference(arg);
    if ("id" in reference) return restoreById(context, reference.id, reason);
    if ("version" in reference) return restoreById(context, await findVersion(context, reference), reason);
    if (reference.label !== undefined)
      throw usageError("Labels name no deleted versions: use KEY@3, an id or a removal.");
    await restoreKey(context, reference.key, reason);
  },
});

/** Restores the version or the removal with this id. */
async function restoreById(
  { connection: { vitrine }, output }: CommandContext,
  id: string,
  reason: string | undefined,
): Promise<void> {
  const row = await vitrine.artifact.restore.mutate({ id, reason }).catch(nullIfNotFound);
  if (row) return output.result({ restored: [row], versions: 1 }, () => `Restored ${nameOf(row)}.`);
  const removal = await vitrine.trash.restoreRemoval.mutate({ removal: id, reason }).catch(nullIfNotFound);
  if (!removal) throw notFound(id);
  await output.result(removal, () => `Restored ${pluralize(removal.versions, "version")}.`);
}

async function findVersion(
  { connection }: CommandContext,
  { key, version }: { key: string; version: number },
): Promise<string> {
  for await (const row of connection.vitrine.removed.page({ where: { key }, limit: MAX_LIMIT })) {
    if (row.version === version) return row.id;
  }
  throw notFound(`${key}@${version}`);
}

/** Restores the versions of a key that were deleted last. Other keys of the same removal stay in the trash. */
async function restoreKey(
  { connection: { vitrine }, output }: CommandContext,
  key: string,
  reason: string | undefined,
): Promise<void> {
  const ids: string[] = [];
  let last: string | undefined;
  for await (const { id, removal } of vitrine.removed.page({ where: { key }, limit: MAX_LIMIT })) {
    last ??= removal;
    if (removal !== last) break;
    ids.push(id);
  }
  if (ids.length === 0) throw notFound(key);
  let versions = 0;
  for (let from = 0; from < ids.length; from += MAX_LIST) {
    const { restored } = await vitrine.artifact.restoreMany.mutate({ ids: ids.slice(from, from + MAX_LIST), reason });
    versions += restored.length;
  }
  await output.result({ key, versions }, () => `Restored ${key} with ${pluralize(versions, "version")}.`);
}

function notFound(name: string) {
  return notFoundError(`${name} is not in the trash; vitrine trash lists what is.`);
}

function nullIfNotFound(error: unknown): null {
  if (error instanceof VitrineError && error.code === "NOT_FOUND") return null;
  throw error;
}
