import type { ImportKind } from "#contract/import";
import { formatCount, pluralize } from "#formats/number";
import { type ImportResult, importAll } from "../prefect/import-all";
import { openSource } from "../prefect/source";
import { openTarget } from "../prefect/target";
import { command } from "../runtime/command";
import { EXIT, usageError } from "../terminal/error";
import { inSteps } from "../terminal/steps";

const NAMES: Record<ImportKind, string> = {
  flows: "flows",
  deployments: "deployments",
  flowRuns: "flow runs",
  taskRuns: "task runs",
  artifacts: "artifacts",
};

/** How many reasons are shown to a person; programs are told all. */
const SHOWN = 20;

export const importCommand = command({
  name: "import",
  summary: "Moves in: copies everything that a running Prefect server has",
  synopsis: "prefect <api-url>",
  takes: [2, 2],
  options: {
    auth: { type: "string", value: "USER:PASSWORD", help: "Prefect's auth string; else PREFECT_API_AUTH_STRING" },
  },
  help: `Flows, deployments, flow runs, task runs and every artifact keep their ids, moments and data, to the letter; the
versions of a key are numbered in the order in which they were made. Prefect is only read. Whatever is here already
is passed over, so that the same command goes on after an interruption, and later brings what is new.

A key that has versions of its own here, and what this store refuses (a key with capitals, say), is left and listed;
then the exit code is 1. Schedules, parameters of deployments, logs and older states of runs are not copied.

  vitrine import prefect http://127.0.0.1:4200/api`,
  async run({ words: [from, url = ""], values, connection, report, interruption: { signal }, env }) {
    if (from !== "prefect")
      throw usageError(`Write "vitrine import prefect <api-url>": nothing else is known to import.`);
    const source = await openSource({ url, auth: values.auth ?? env.prefectAuth, signal });
    report.note(`Prefect ${source.version} at ${url}`);
    const target = openTarget(connection.fetch, signal);
    const moved = await inSteps(report, (at) =>
      importAll(source, target, (kind, step, done, total) =>
        at(`${step === "read" ? "Reading" : "Copying"} ${NAMES[kind]}`, done, total),
      ),
    );
    await report.result(moved, () => told(moved));
    if (moved.left.length > 0) process.exitCode = EXIT.failed;
  },
});

/** What was moved, counted on both sides, and what was not. */
function told({ counts, left, instead, loosened }: ImportResult): string {
  const rows = counts.map(({ kind, there, read, here, copied }) => [NAMES[kind], there, here, copied, read - here]);
  const lines = [["", "at Prefect", "here", "copied now", "left"], ...rows];
  const table = lines.map(([name, ...numbers]) =>
    [
      String(name).padEnd(12),
      ...numbers.map((n) => (typeof n === "number" ? formatCount(n) : String(n)).padStart(11)),
    ].join(""),
  );
  const changed = counts.reduce((sum, each) => sum + each.changed, 0);
  const more = counts.filter(({ there, read }) => there > read);
  const notes = [
    ...more.map(
      ({ kind, there, read }) =>
        `${formatCount(there - read)} ${NAMES[kind]} came to Prefect meanwhile: run this again.`,
    ),
    ...(changed > 0
      ? [`${pluralize(changed, "row")} changed at Prefect after being copied, and stayed as copied.`]
      : []),
    ...(loosened.length > 0
      ? [`${pluralize(loosened.length, "flow run")} came without a parent that is no more.`]
      : []),
    ...Object.entries(instead).map(
      ([id, here]) => `${id} is here by name as ${here}; what belongs to it was put there.`,
    ),
  ];
  return [...table, ...notes, ...reasons(left)].join("\n");
}

/** Why rows were left, those of one key and reason together. */
function reasons(left: ImportResult["left"]): string[] {
  if (left.length === 0) return ["Nothing was left behind."];
  const groups = new Map<string, { first: ImportResult["left"][number]; among: number }>();
  for (const row of left) {
    const name = `${row.kind} ${row.key ?? row.id} ${row.reason}`;
    const group = groups.get(name);
    if (group) group.among += 1;
    else groups.set(name, { first: row, among: 1 });
  }
  const lines = [...groups.values()].map(({ first: { kind, id, key, reason }, among }) => {
    const named = key === null ? id : `${JSON.stringify(key)} (${pluralize(among, "version")})`;
    return `  ${NAMES[kind].replace(/s$/, "")} ${named}: ${reason}`;
  });
  const rest = lines.length - SHOWN;
  return [
    "Left behind:",
    ...lines.slice(0, SHOWN),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more: --json lists all.`] : []),
  ];
}
