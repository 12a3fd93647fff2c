import { MAX_LIMIT } from "#contract/limits";
import type { TrashedArtifact } from "#contract/trash";
import { contentSize } from "#formats/number";
import { headedColumns, localTime, nameOf, oneLine } from "../artifacts/format";
import { parseKeyPattern } from "../artifacts/key-pattern";
import { DEFAULT_LIMIT, parseLimit, takeFirst } from "../artifacts/list-output";
import { command } from "../runtime/command";
import type { Output } from "../terminal/output";

export const trash = command({
  name: "trash",
  summary: "List deleted versions",
  synopsis: "",
  argCount: [0, 0],
  options: {
    key: { type: "string", short: "k", value: "PATTERN", help: "Filter by key; * matches any characters" },
    limit: {
      type: "string",
      short: "n",
      value: "N",
      default: DEFAULT_LIMIT,
      help: `Most rows to list; 0 for all (default: ${DEFAULT_LIMIT})`,
    },
  },
  details: `Lists the versions in the trash, the one that was deleted last first. A removal is what one deletion took:
vitrine restore takes it, a key, KEY@3 or the id of a version.`,
  async run({ values, connection, output }) {
    const pattern = values.key === undefined ? null : parseKeyPattern(values.key);
    const limit = parseLimit(values.limit);
    const key = pattern && "any" in pattern.condition ? pattern.condition.any?.[0] : undefined;
    const rows = connection.vitrine.removed.page({
      where: { key },
      limit: Math.min(MAX_LIMIT, limit + 1),
    });
    const taken = await takeFirst(rows, limit, (row) => pattern?.matches(row.key) ?? true);
    await output.result(taken.rows, () => formatRows(taken.rows, output));
    if (taken.more) output.note("There are more. To list all, use --limit 0.");
  },
});

function formatRows(rows: TrashedArtifact[], output: Output): string {
  if (rows.length === 0) return "The trash has no such versions.";
  const lines = rows.map((row) => [
    nameOf(row),
    oneLine(row.type ?? ""),
    contentSize(row),
    localTime(row.removed),
    row.removal,
  ]);
  return headedColumns(["VERSION", "TYPE", "CONTENT", "DELETED", "REMOVAL"], lines, output);
}
