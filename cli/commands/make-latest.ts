import { nameOf } from "../artifacts/format";
import { pagePath } from "../artifacts/page-path";
import { findRow, parseReference, REFERENCE_HELP } from "../artifacts/reference";
import { command } from "../runtime/command";

export const makeLatest = command({
  name: "make-latest",
  summary: "Publish a copy of an older version as the latest",
  synopsis: "<key@version|id>",
  argCount: [1, 1],
  complete: ["key"],
  options: { reason: { type: "string", value: "TEXT", help: "Why, for the history" } },
  details: `The copy has the next number of the key, and says which version it is restored from. Nothing is published where
the latest version has the same type, description, metadata and data.

${REFERENCE_HELP}`,
  examples: ["vitrine make-latest daily-report@3"],
  async run({ args: [arg = ""], values: { reason }, connection, output }) {
    const { id } = await findRow(connection, parseReference(arg));
    const row = await connection.vitrine.artifact.makeLatest.mutate({ id, reason });
    await output.result(row, () =>
      row.unchanged
        ? `${nameOf(row)} is the latest, and the same already`
        : `${nameOf(row)}, restored from v${row.restoredFrom}  ${connection.url}${pagePath(row)}`,
    );
  },
});
