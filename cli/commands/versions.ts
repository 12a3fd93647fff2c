import { command } from "../command";
import { keyOf, read } from "../reference";
import { FEW, firstOf, limitOf, tell } from "../rows";

export const versions = command({
  name: "versions",
  summary: "Lists the versions of a key, the newest first",
  synopsis: "<key>",
  takes: [1, 1],
  options: { limit: { type: "string", short: "n", value: "N", default: FEW, help: "at most so many; 0 is all" } },
  async run({ words: [word = ""], values, connection, report }) {
    const key = keyOf(word);
    const limit = limitOf(values.limit);
    const where = { artifacts: { key: { any: [key] } } };
    const walk = connection.vitrine.artifacts.page({ where, limit: Math.min(200, limit + 1) });
    const found = await firstOf(walk, limit);
    // It says whether the key was ever there.
    if (found.rows.length === 0) await read(connection, { key });
    await tell(report, found, "");
  },
});
