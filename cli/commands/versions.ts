import type { Artifact } from "#contract/artifact";
import { MAX_LIMIT } from "#contract/limits";
import { DEFAULT_LIMIT, parseLimit, printRows } from "../artifacts/list-output";
import { AS_OF, parseAsOf, parseKey, readVersion } from "../artifacts/reference";
import { command } from "../runtime/command";

export const versions = command({
  name: "versions",
  summary: "List the versions of a key",
  synopsis: "<key>",
  argCount: [1, 1],
  complete: ["key"],
  options: {
    limit: {
      type: "string",
      short: "n",
      value: "N",
      default: DEFAULT_LIMIT,
      help: `Most versions to list, newest first; 0 for all (default: ${DEFAULT_LIMIT})`,
    },
    "as-of": AS_OF,
  },
  async run({ args: [arg = ""], values, connection, output }) {
    const key = parseKey(arg);
    const limit = parseLimit(values.limit);
    const asOf = await parseAsOf(values["as-of"], connection, output);
    const where = { artifacts: { key: { any: [key] } } };
    const rows: Artifact[] = [];
    for await (const row of connection.vitrine.artifacts.page({ where, asOf, limit: Math.min(MAX_LIMIT, limit + 1) })) {
      // Versions created at the same time come in any order: read all of them before sorting.
      if (rows.length > limit && row.created !== rows.at(-1)?.created) break;
      rows.push(row);
    }
    // For its error, which says whether the key was deleted.
    if (rows.length === 0) await readVersion(connection, { key }, asOf);
    rows.sort((a, b) => (b.version ?? 0) - (a.version ?? 0));
    await printRows(output, { rows: rows.slice(0, limit), more: rows.length > limit }, "");
  },
});
