import { columns } from "../artifacts/format";
import { findRow, parseReference } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";

export const tag = command({
  name: "tag",
  summary: "Add or remove tags of a key or a version, or list them",
  synopsis: "<key[@version]|id> [tag...]",
  argCount: [1, Number.POSITIVE_INFINITY],
  complete: ["key", []],
  options: {
    remove: { type: "boolean", default: false, help: "Remove these tags" },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
  },
  details: `KEY alone has tags that all of its versions share; KEY@3, KEY@production and an id refer to the tags of one
version. Without tags, lists those of both. A filter finds a version by either.`,
  examples: [
    "vitrine tag sales finance eu",
    "vitrine tag sales@3 checked",
    "vitrine tag sales draft --remove",
    "vitrine tag sales",
  ],
  async run({ args: [arg = "", ...tags], values: { remove, reason }, connection, output }) {
    const reference = parseReference(arg);
    const key = "key" in reference && !arg.includes("@") ? reference.key : null;
    if (tags.length === 0) {
      if (remove) throw usageError("Name the tags to remove.");
      const row = await findRow(connection, reference);
      const found = { key: await keyTags(connection, row.key), version: row.tags };
      return output.result(found, () => {
        const version = row.version === null ? "version" : `v${row.version}`;
        const rows = [...found.key.map((each) => [each, "key"]), ...found.version.map((each) => [each, version])];
        return rows.length > 0 ? columns([["TAG", "OF"], ...rows], output.width) : `${arg} has no tags.`;
      });
    }
    const change = { ...(remove ? { remove: tags } : { add: tags }), ...(reason !== undefined && { reason }) };
    const { artifact, collection } = connection.vitrine;
    if (key !== null) {
      const { missing } = await collection.tagMany.mutate({ keys: [key], ...change });
      // For its error, which says that the key has no versions.
      if (missing.length > 0) await collection.latest.query({ key });
      const now = await keyTags(connection, key);
      return output.result({ key, tags: now }, () => tagsText(key, now));
    }
    const row = await findRow(connection, reference);
    const { changed } = await artifact.tagMany.mutate({ ids: [row.id], ...change });
    const now = changed[0]?.tags ?? row.tags;
    const name = row.key === null ? row.id : `${row.key}@${row.version}`;
    await output.result({ id: row.id, key: row.key, version: row.version, tags: now }, () => tagsText(name, now));
  },
});

async function keyTags({ vitrine }: Connection, key: string | null): Promise<string[]> {
  return key === null ? [] : ((await vitrine.collection.about.query({ key }))?.tags ?? []);
}

function tagsText(name: string, tags: string[]): string {
  return tags.length > 0 ? `${name}: ${tags.join(", ")}` : `${name} has no tags.`;
}
