import type { ImportKind } from "#contract/import";
import { formatCount, pluralize } from "#formats/number";
import { type ImportSummary, importAll } from "../prefect/import-all";
import { openSource } from "../prefect/source";
import { openTarget } from "../prefect/target";
import { command } from "../runtime/command";
import { EXIT, usageError } from "../terminal/error";
import { withSteps } from "../terminal/progress";

const NAMES: Record<ImportKind, string> = {
  flows: "flows",
  deployments: "deployments",
  flowRuns: "flow runs",
  taskRuns: "task runs",
  artifacts: "artifacts",
};

const MAX_REASONS = 20;

export const importCommand = command({
  name: "import",
  summary: "Import everything from a Prefect server",
  synopsis: "prefect <api-url>",
  argCount: [2, 2],
  complete: [["prefect"], []],
  options: {
    auth: { type: "string", value: "USER:PASSWORD", help: "Prefect auth string (default: $PREFECT_API_AUTH_STRING)" },
  },
  details: `Copies flows, deployments, flow runs, task runs and all artifacts with their ids, timestamps and exact data, and
numbers the versions of a key in the order of their creation. Only reads from Prefect. Skips what exists already, so
run the command again to continue after an interruption, or to import what is new.

Artifacts of a key that has other versions here, and rows that Vitrine does not accept, such as a key with capitals,
are skipped and listed; then the exit code is 1. Schedules, parameters of deployments, logs and earlier states of
runs are not imported. Requires the role admin.`,
  examples: ["vitrine import prefect http://127.0.0.1:4200/api"],
  async run({ args: [from, url = ""], values, connection, output, interruption: { signal }, env }) {
    if (from !== "prefect") throw usageError('Usage: vitrine import prefect <api-url>. See "vitrine help import".');
    const source = await openSource({ url, auth: values.auth ?? env.prefectAuth, signal });
    output.note(`Prefect ${source.version} at ${url}`);
    const target = openTarget(connection.fetch, signal);
    const summary = await withSteps(output, (update) =>
      importAll(source, target, (kind, step, done, total) =>
        update(`${step === "read" ? "Reading" : "Importing"} ${NAMES[kind]}`, done, total),
      ),
    );
    await output.result(summary, () => formatSummary(summary));
    if (summary.left.length > 0) process.exitCode = EXIT.failed;
  },
});

export function formatSummary({ counts, left, instead, loosened }: ImportSummary): string {
  const rows = counts.map(({ kind, there, read, here, copied }) => [NAMES[kind], there, here, copied, read - here]);
  const table = [["", "in Prefect", "in Vitrine", "imported", "skipped"], ...rows].map(([name, ...cells]) =>
    [
      String(name).padEnd(12),
      ...cells.map((cell) => (typeof cell === "number" ? formatCount(cell) : String(cell)).padStart(11)),
    ].join(""),
  );
  const changed = counts.reduce((sum, each) => sum + each.changed, 0);
  const newer = counts.filter(({ there, read }) => there > read);
  return [
    ...table,
    ...newer.map(
      ({ kind, there, read }) => `${formatCount(there - read)} new ${NAMES[kind]} since: run the command again.`,
    ),
    ...(changed > 0 ? [`${pluralize(changed, "row")} changed in Prefect after the import and kept as imported.`] : []),
    ...(loosened.length > 0
      ? [`${pluralize(loosened.length, "flow run")} imported without a parent, which no longer exists.`]
      : []),
    ...Object.entries(instead).map(
      ([id, here]) => `${id} exists under the same name as ${here}, which is used instead.`,
    ),
    ...formatSkipped(left),
  ].join("\n");
}

/** A line for each reason; the versions of one key with the same reason share a line. */
function formatSkipped(left: ImportSummary["left"]): string[] {
  if (left.length === 0) return ["Nothing was skipped."];
  const groups = new Map<string, { first: ImportSummary["left"][number]; count: number }>();
  for (const row of left) {
    const name = `${row.kind} ${row.key ?? row.id} ${row.reason}`;
    const group = groups.get(name);
    if (group) group.count += 1;
    else groups.set(name, { first: row, count: 1 });
  }
  const lines = [...groups.values()].map(({ first: { kind, id, key, reason }, count }) => {
    const name = key === null ? id : `${JSON.stringify(key)} (${pluralize(count, "version")})`;
    return `  ${NAMES[kind].replace(/s$/, "")} ${name}: ${reason}`;
  });
  const more = lines.length - MAX_REASONS;
  return [
    "Skipped:",
    ...lines.slice(0, MAX_REASONS),
    ...(more > 0 ? [`  and ${formatCount(more)} more; to list all, use --json`] : []),
  ];
}
