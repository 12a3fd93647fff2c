import type { Artifact } from "#contract/artifact";
import { createBudget } from "#diff/budget";
import { compareVersions, type ReadVersion, readVersion } from "#diff/comparison";
import { DIFF_MODES, type KeyChoice, type Rename, ROW_ORDERS, TOLERANCES } from "#diff/options";
import { jsonText } from "#diff/values/exact-number";
import { compareFiles } from "../artifacts/compare-files";
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
      help: "Compare by parts, rows, paths or lines (default: by type)",
      complete: DIFF_MODES,
      formerName: "way",
    },
    key: {
      type: "string",
      multiple: true,
      value: "COLUMN",
      help: "Column that identifies the rows of tables, or - for their order (repeatable)",
    },
    tolerance: {
      type: "string",
      value: "T",
      help: "Numbers that count as the same: exact, 1e-9 or 1% (default: exact)",
      complete: TOLERANCES,
    },
    order: {
      type: "string",
      value: "ORDER",
      help: "Order of changed rows: table (its own), or largest (change first)",
      complete: ROW_ORDERS,
    },
    rename: {
      type: "string",
      multiple: true,
      value: "OLD=NEW",
      help: "Compare a column that has another name now (repeatable)",
    },
    path: { type: "string", value: "PATH", help: "Compare only the file at this path of two folders" },
    "exit-code": { type: "boolean", default: false, help: "Exit with 1 if there are differences" },
  },
  details: `Compares notebooks by cell, with the outputs apart, tables by row, other JSON by path and text by line. Rows are identified by a column that is unique
on both sides, or by two together. A column that was probably renamed is named, and compared with --rename. Numbers are compared with all their digits. Of
versions that differ only in how numbers are written, as 1.0 and 1, it compares the lines. --json prints every change.

Files are matched by path, and the content of texts, JSON, notebooks and tables (CSV, JSON lines) is compared; other files by size and hash. The
options apply to each.

${REFERENCE_HELP}`,
  async run({ args: [fromArg = "", toArg = ""], values, connection, output }) {
    const options = {
      mode: oneOf("mode", DIFF_MODES, values.mode) ?? null,
      key: keyOf(values.key),
      tolerance: oneOf("tolerance", TOLERANCES, values.tolerance) ?? "exact",
      order: oneOf("order", ROW_ORDERS, values.order) ?? "table",
      renamed: (values.rename ?? []).map(renameOf),
    };
    const [from, to] = await Promise.all([load(connection, fromArg), load(connection, toArg)]);
    const budget = createBudget(TIME_LIMIT);
    const { modes: _, ...parts } = compareVersions(from, to, options, budget);
    const files = await compareFiles(connection, [from, to], options, budget, values.path);
    if (output.json) {
      const result = { from: pickName(from), to: pickName(to), ...parts, ...(files && { files }), cuts: budget.notes };
      await output.raw(`${jsonText(result)}\n`);
    } else await output.raw(`${formatDiff(from, to, parts, output, files)}\n`);
    for (const note of budget.notes) output.note(note);
    const differ = Object.values(parts).some(({ kind }) => kind !== "same");
    if (values["exit-code"] && differ) process.exitCode = EXIT.failed;
  },
});

function oneOf<Value extends string>(name: string, values: readonly Value[], text?: string): Value | undefined {
  const value = values.find((each) => each === text);
  if (text === undefined || value !== undefined) return value;
  throw usageError(`Invalid --${name} "${text}": use ${values.join(", ")}.`);
}

function keyOf(columns: string[] = []): KeyChoice {
  if (columns.includes("-")) return "order";
  return columns.length > 0 ? { columns } : "inferred";
}

function renameOf(text: string): Rename {
  const at = text.indexOf("=");
  if (at <= 0 || at === text.length - 1) throw usageError(`Invalid --rename "${text}": use OLD=NEW.`);
  return { from: text.slice(0, at), to: text.slice(at + 1) };
}

async function load(connection: Connection, arg: string): Promise<Artifact & ReadVersion> {
  const row = await findRow(connection, parseReference(arg));
  return { ...row, ...readVersion({ ...row, text: await readDataText(connection, { id: row.id }) }) };
}

function pickName({ id, key, version }: Artifact) {
  return { id, key, version };
}
