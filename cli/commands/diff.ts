import type { Artifact } from "#contract/artifact";
import { createBudget } from "#diff/budget";
import { type Difference, differenceOf, sideOf } from "#diff/difference";
import { DIFF_MODES } from "#diff/mode";
import { formatDiff } from "../artifacts/diff-output";
import { parseExactNumbers } from "../artifacts/json-text";
import { findRow, parseReference, REFERENCE_HELP, readDataText } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";
import { EXIT, usageError } from "../terminal/error";

/** How long a comparison may take before it gets coarser, in milliseconds. */
const BUDGET = 30_000;

export const diff = command({
  name: "diff",
  summary: "Shows what differs between two versions",
  synopsis: "<key@version> <key@version>",
  takes: [2, 2],
  options: {
    way: { type: "string", value: "WAY", help: "rows, paths or lines; else what fits: tables by row, JSON by path" },
    "exit-code": { type: "boolean", default: false, help: "end with 1 where they differ, as diff does" },
  },
  help: `${REFERENCE_HELP} Numbers are compared as they are spelled; one that JavaScript
would spell otherwise, such as 1.0, is shown in quotes. With --json it has every change.`,
  async run({ words: [from = "", to = ""], values, connection, report }) {
    const way = DIFF_MODES.find((each) => each === values.way) ?? null;
    if (values.way !== undefined && way === null)
      throw usageError(`--way is ${DIFF_MODES.join(", ")}; "${values.way}" is none.`);
    const [left, right] = await Promise.all([loaded(connection, from), loaded(connection, to)]);
    const budget = createBudget(BUDGET);
    const text = (row: Artifact) => sideOf(null, row.description ?? "");
    const facts = (row: Artifact) => sideOf(null, row.metadata ?? {});
    const parts: Record<"data" | "description" | "metadata", Difference> = {
      data: differenceOf(left.side, right.side, way, "inferred", budget),
      description: differenceOf(text(left.row), text(right.row), "lines", "order", budget),
      metadata: differenceOf(facts(left.row), facts(right.row), "paths", "order", budget),
    };
    const told = { from: named(left.row), to: named(right.row), ...parts, cuts: budget.notes };
    await report.result(told, () => formatDiff(told.from, told.to, parts, report));
    for (const cut of budget.notes) report.note(cut);
    const differ = Object.values(parts).some(({ kind }) => kind !== "same");
    if (values["exit-code"] && differ) process.exitCode = EXIT.failed;
  },
});

async function loaded(connection: Connection, word: string) {
  const row = await findRow(connection, parseReference(word));
  return { row, side: sideOf(row.type, parseExactNumbers(await readDataText(connection, { id: row.id }))) };
}

function named({ id, key, version }: Artifact) {
  return { id, key, version };
}
