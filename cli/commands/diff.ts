import type { Artifact } from "#contract/artifact";
import { createBudget } from "#diff/budget";
import { type Difference, dataSide, differenceOf, valueSide } from "#diff/difference";
import { DIFF_MODES } from "#diff/mode";
import { parseExactNumbers } from "#formats/exact-json";
import { formatDiff } from "../artifacts/diff-output";
import { findRow, parseReference, REFERENCE_HELP, readDataText } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";
import { EXIT, usageError } from "../terminal/error";

/** After this many milliseconds, the comparison gets coarser. */
const TIME_LIMIT = 30_000;

export const diff = command({
  name: "diff",
  summary: "Compare two versions",
  synopsis: "<key[@version]|id> <key[@version]|id>",
  argCount: [2, 2],
  complete: ["key"],
  options: {
    mode: {
      type: "string",
      value: "MODE",
      help: "Compare by rows, paths or lines (default: by type)",
      complete: DIFF_MODES,
      formerName: "way",
    },
    "exit-code": { type: "boolean", default: false, help: "Exit with 1 if there are differences" },
  },
  details: `Compares tables by row, other JSON by path and text by line. Numbers are compared as they are written; those
that JavaScript would write differently, such as 1.0, are shown in quotes. --json prints every change.

${REFERENCE_HELP}`,
  async run({ args: [fromArg = "", toArg = ""], values, connection, output }) {
    const mode = DIFF_MODES.find((each) => each === values.mode) ?? null;
    if (values.mode !== undefined && mode === null) {
      throw usageError(`Invalid --mode "${values.mode}": use ${DIFF_MODES.join(", ")}.`);
    }
    const [from, to] = await Promise.all([load(connection, fromArg), load(connection, toArg)]);
    const budget = createBudget(TIME_LIMIT);
    const description = (row: Artifact) => valueSide(row.description ?? "");
    const metadata = (row: Artifact) => valueSide(row.metadata ?? {});
    const parts: Record<"data" | "description" | "metadata", Difference> = {
      data: differenceOf(from.data, to.data, mode, "inferred", budget),
      description: differenceOf(description(from.row), description(to.row), "lines", "order", budget),
      metadata: differenceOf(metadata(from.row), metadata(to.row), "paths", "order", budget),
    };
    const result = { from: pickName(from.row), to: pickName(to.row), ...parts, cuts: budget.notes };
    await output.result(result, () => formatDiff(from.row, to.row, parts, output));
    for (const note of budget.notes) output.note(note);
    const differ = Object.values(parts).some(({ kind }) => kind !== "same");
    if (values["exit-code"] && differ) process.exitCode = EXIT.failed;
  },
});

async function load(connection: Connection, arg: string) {
  const row = await findRow(connection, parseReference(arg));
  return { row, data: dataSide(row.type, await readDataText(connection, { id: row.id }), parseExactNumbers) };
}

function pickName({ id, key, version }: Artifact) {
  return { id, key, version };
}
