import { pagePath } from "../artifacts/page-path";
import { parseKey } from "../artifacts/reference";
import { command } from "../runtime/command";

export const rename = command({
  name: "rename",
  summary: "Give all versions of a key another key",
  synopsis: "<key> <new-key>",
  argCount: [2, 2],
  complete: ["key", []],
  options: { reason: { type: "string", value: "TEXT", help: "Why, for the history" } },
  details: `Its deleted versions, labels and history follow. Until something is published under the old key again, it refers to
the new one. The new key must have no versions. Renaming it back undoes it.`,
  examples: ["vitrine rename daily-report reports/daily"],
  async run({ args: [key = "", to = ""], values: { reason }, connection, output }) {
    const renamed = await connection.vitrine.collection.rename.mutate({ key: parseKey(key), to: parseKey(to), reason });
    const page = pagePath({ id: "", key: renamed.key, version: null }, false);
    await output.result(renamed, () => `${renamed.previous} is now ${renamed.key}  ${connection.url}${page}`);
  },
});
