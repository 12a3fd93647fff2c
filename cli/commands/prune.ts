import { MAX_LIMIT, MAX_LIST } from "#contract/limits";
import { formatBytes, pluralize } from "#formats/number";
import { type KeyPattern, parseKeyPattern } from "../artifacts/key-pattern";
import { expired, parseRetention, type Retention } from "../artifacts/retention";
import { type CommandContext, command } from "../runtime/command";
import { confirm } from "../terminal/confirm";

export const prune = command({
  name: "prune",
  summary: "Moves old versions to the trash, key by key",
  synopsis: "",
  takes: [0, 0],
  options: {
    "keep-last": { type: "string", value: "N", help: "keep the newest N versions of each key" },
    "older-than": { type: "string", value: "AGE", help: "only what is older: 90m, 12h, 30d, 8w" },
    key: { type: "string", short: "k", value: "PATTERN", help: "only keys like this, where * stands for anything" },
    "dry-run": { type: "boolean", short: "n", default: false, help: "only say what would go" },
    yes: { type: "boolean", short: "y", default: false, help: "do not ask" },
  },
  help: `The latest version of a key always stays, and so does what has no key. With both rules a version goes where
both let it go. vitrine restore with a removal brings back what went with it.

  vitrine prune --keep-last 20 --older-than 30d --dry-run`,
  async run({ values, ...around }) {
    const { report } = around;
    const retention = parseRetention(values["keep-last"], values["older-than"], new Date());
    const found = await search(around, parseKeyPattern(values.key ?? "*"), retention);
    const of = `${pluralize(found.ids.length, "version")} of ${pluralize(found.keys, "key")}, ${formatBytes(found.bytes)}`;
    const told = { versions: found.ids.length, keys: found.keys, bytes: found.bytes, dryRun: values["dry-run"] };
    if (values["dry-run"] || found.ids.length === 0) {
      return report.result({ ...told, removals: [] }, () => `${of} would go to the trash.`);
    }
    await confirm(around, values.yes, `Move ${of}, to the trash?`);
    const { removed, removals } = await remove(around, found.ids);
    await report.result({ ...told, versions: removed, removals }, () => `Moved ${of}, to the trash. ${undo(removals)}`);
  },
});

async function search({ connection, report }: CommandContext, pattern: KeyPattern, retention: Retention) {
  const { artifact, artifacts } = connection.vitrine;
  const where = { artifacts: { key: pattern.condition } };
  const bar = report.progress("Looking through versions", await artifact.count.query({ where }));
  const ids: string[] = [];
  let [seen, keys, size, last] = [0, 0, 0, ""];
  async function* rows() {
    for await (const row of artifacts.page({ where, sort: "KEY_ASC", limit: MAX_LIMIT })) {
      bar.at(++seen);
      if (pattern.matches(row.key)) yield row;
    }
  }
  try {
    for await (const row of expired(rows(), retention)) {
      ids.push(row.id);
      size += row.size;
      if (row.key !== last) keys += 1;
      last = row.key ?? "";
    }
  } finally {
    bar.end();
  }
  return { ids, keys, bytes: size };
}

async function remove({ connection, report }: CommandContext, ids: string[]) {
  const bar = report.progress("Moving versions to the trash", ids.length);
  const removals: string[] = [];
  let removed = 0;
  try {
    for (let at = 0; at < ids.length; at += MAX_LIST) {
      const batch = await connection.vitrine.artifact.removeMany.mutate({ ids: ids.slice(at, at + MAX_LIST) });
      removed += batch.removed.length;
      if (batch.removed.length > 0) removals.push(batch.removal);
      bar.at(Math.min(ids.length, at + MAX_LIST));
    }
  } catch (error) {
    if (removed > 0)
      report.note(`${pluralize(removed, "version")} went to the trash before it stopped. ${undo(removals)}`);
    throw error;
  } finally {
    bar.end();
  }
  return { removed, removals };
}

function undo(removals: string[]): string {
  return ["Undo:", ...removals.map((removal) => `  vitrine restore ${removal}`)].join("\n");
}
