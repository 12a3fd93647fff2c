import type { Artifact } from "#contract/artifact";
import { MAX_LIMIT } from "#contract/limits";
import { DEFAULT_LIMIT, parseLimit, printRows } from "../artifacts/list-output";
import { parseKey, readVersion } from "../artifacts/reference";
import { command } from "../runtime/command";

export const versions = command({
  name: "versions",
  summary: "Lists the versions of a key, the newest first",
  synopsis: "<key>",
  takes: [1, 1],
  options: {
    limit: { type: "string", short: "n", value: "N", default: DEFAULT_LIMIT, help: "at most so many; 0 is all" },
  },
  async run({ words: [word = ""], values, connection, report }) {
    const key = parseKey(word);
    const limit = parseLimit(values.limit);
    const where = { artifacts: { key: { any: [key] } } };
    const walk = connection.vitrine.artifacts.page({ where, limit: Math.min(MAX_LIMIT, limit + 1) });
    const rows: Artifact[] = [];
    for await (const row of walk) {
      // Versions of one moment come in any order.
      if (rows.length > limit && row.created !== rows.at(-1)?.created) break;
      rows.push(row);
    }
    // It says whether the key was ever there.
    if (rows.length === 0) await readVersion(connection, { key });
    rows.sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
    await printRows(report, { rows: rows.slice(0, limit), more: rows.length > limit }, "");
  },
});
