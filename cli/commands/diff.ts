import type { Artifact } from "#contract/artifact";
import { createBudget } from "#diff/budget";
import { type ComparedVersion, compareVersions } from "#diff/comparison";
import { jsonText } from "#diff/exact-number";
import { DIFF_MODES } from "#diff/mode";
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
  details: `Compares tables by row, other JSON by path and text by line. Numbers are compared with all their digits. Of
versions that differ only in how numbers are written, as 1.0 and 1, it compares the lines. --json prints every change.

${REFERENCE_HELP}`,
  async run({ args: [fromArg = "", toArg = ""], values, connection, output }) {
    const mode = DIFF_MODES.find((each) => each === values.mode) ?? null;
    if (values.mode !== undefined && mode === null) {
      throw usageError(`Invalid --mode "${values.mode}": use ${DIFF_MODES.join(", ")}.`);
    }
    const [from, to] = await Promise.all([load(connection, fromArg), load(connection, toArg)]);
    const budget = createBudget(TIME_LIMIT);
    const { modes: _, ...parts } = compareVersions(from, to, mode, "inferred", budget);
    if (output.json) {
      const result = { from: pickName(from), to: pickName(to), ...parts, cuts: budget.notes };
      await output.raw(`${jsonText(result)}\n`);
    } else await output.raw(`${formatDiff(from, to, parts, output)}\n`);
    for (const note of budget.notes) output.note(note);
    const differ = Object.values(parts).some(({ kind }) => kind !== "same");
    if (values["exit-code"] && differ) process.exitCode = EXIT.failed;
  },
});

async function load(connection: Connection, arg: string): Promise<Artifact & ComparedVersion> {
  const row = await findRow(connection, parseReference(arg));
  return { ...row, text: await readDataText(connection, { id: row.id }) };
}

function pickName({ id, key, version }: Artifact) {
  return { id, key, version };
}
