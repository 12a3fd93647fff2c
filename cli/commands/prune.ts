import { MAX_LIMIT, MAX_LIST } from "#contract/limits";
import { formatBytes, pluralize } from "#formats/number";
import { type KeyPattern, parseKeyPattern } from "../artifacts/key-pattern";
import { expired, parseRetention, type Retention } from "../artifacts/retention";
import { type CommandContext, command } from "../runtime/command";
import { confirm } from "../terminal/confirm";

export const prune = command({
  name: "prune",
  summary: "Delete old versions",
  synopsis: "",
  argCount: [0, 0],
  options: {
    "keep-last": { type: "string", value: "N", help: "Keep the newest N versions of each key" },
    "older-than": { type: "string", value: "AGE", help: "Delete only versions older than AGE: 90m, 12h, 30d, 8w" },
    key: { type: "string", short: "k", value: "PATTERN", help: "Filter by key; * matches any characters" },
    force: { type: "string", multiple: true, value: "LABEL", help: "Delete versions with this label too" },
    "dry-run": { type: "boolean", short: "n", default: false, help: "Only print what would be deleted" },
    yes: { type: "boolean", short: "y", default: false, help: "Delete without asking" },
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
  },
  details: `Never deletes the latest version of a key, artifacts without a key, or versions with a label that no --force
names. With both --keep-last and --older-than, a version is deleted only if both allow it. Deleted versions
move to the trash, where vitrine restore finds them for a while.`,
  examples: ["vitrine prune --keep-last 20 --older-than 30d --dry-run"],
  async run({ values, ...context }) {
    const { output } = context;
    const retention = parseRetention(values["keep-last"], values["older-than"], new Date());
    const force = values.force ?? [];
    const found = await findExpired(context, parseKeyPattern(values.key ?? "*"), retention, force);
    const versions = pluralize(found.ids.length, "version");
    const summary = `${versions} of ${pluralize(found.keys, "key")} (${formatBytes(found.bytes)})`;
    const result = { versions: found.ids.length, keys: found.keys, bytes: found.bytes, dryRun: values["dry-run"] };
    if (found.ids.length === 0) return output.result({ ...result, removals: [] }, () => "No versions to delete.");
    if (values["dry-run"]) return output.result({ ...result, removals: [] }, () => `Would delete ${summary}.`);
    await confirm(context, values.yes, `Delete ${summary}?`);
    const { removed, removals } = await remove(context, found.ids, { force, reason: values.reason });
    await output.result({ ...result, versions: removed, removals }, () => `Deleted ${summary}. ${undo(removals)}`);
  },
});

async function findExpired(
  { connection, output }: CommandContext,
  pattern: KeyPattern,
  retention: Retention,
  force: string[],
) {
  const { artifact, artifacts } = connection.vitrine;
  const where = { artifacts: { key: pattern.condition } };
  const bar = output.progress("Reading versions", await artifact.count.query({ where }));
  const ids: string[] = [];
  const keys = new Set<string | null>();
  const labelled = await labelledIds(connection, pattern, force);
  let bytes = 0;
  let read = 0;
  async function* matching() {
    for await (const row of artifacts.page({ where, sort: "KEY_ASC", limit: MAX_LIMIT })) {
      bar.update(++read);
      if (pattern.matches(row.key)) yield row;
    }
  }
  try {
    for await (const { id, key, size } of expired(matching(), retention)) {
      if (labelled.has(id)) continue;
      ids.push(id);
      keys.add(key);
      bytes += size;
    }
  } finally {
    bar.end();
  }
  return { ids, keys: keys.size, bytes };
}

/** The versions that keep a label which is not forced. */
async function labelledIds({ vitrine }: CommandContext["connection"], { condition: key }: KeyPattern, force: string[]) {
  const ids = new Set<string>();
  const where = { artifacts: { key, label: { exists: true } } };
  for await (const { id, labels = [] } of vitrine.artifacts.page({ where, include: ["labels"], limit: MAX_LIMIT })) {
    if (labels.some((label) => !force.includes(label))) ids.add(id);
  }
  return ids;
}

async function remove(
  { connection, output }: CommandContext,
  ids: string[],
  how: { force: string[]; reason: string | undefined },
) {
  const bar = output.progress("Deleting versions", ids.length);
  const removals: string[] = [];
  let removed = 0;
  try {
    for (let from = 0; from < ids.length; from += MAX_LIST) {
      const some = ids.slice(from, from + MAX_LIST);
      const batch = await connection.vitrine.artifact.removeMany.mutate({ ids: some, ...how });
      removed += batch.removed.length;
      if (batch.removed.length > 0) removals.push(batch.removal);
      bar.update(Math.min(ids.length, from + MAX_LIST));
    }
  } catch (error) {
    if (removed > 0) output.note(`Deleted ${pluralize(removed, "version")} before the error. ${undo(removals)}`);
    throw error;
  } finally {
    bar.end();
  }
  return { removed, removals };
}

function undo(removals: string[]): string {
  return ["Undo:", ...removals.map((removal) => `  vitrine restore ${removal}`)].join("\n");
}
