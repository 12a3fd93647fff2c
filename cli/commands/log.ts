import type { Event } from "#contract/event";
import { MAX_LIMIT } from "#contract/limits";
import type { Page } from "#contract/paging";
import { headedColumns, localTime, oneLine } from "../artifacts/format";
import { DEFAULT_LIMIT, parseLimit } from "../artifacts/list-output";
import { findRow, parseReference, readVersion } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Output } from "../terminal/output";

export const log = command({
  name: "log",
  summary: "Show who changed a key or a version, and why",
  synopsis: "<key[@version]|id>",
  argCount: [1, 1],
  complete: ["key"],
  options: {
    limit: {
      type: "string",
      short: "n",
      value: "N",
      default: DEFAULT_LIMIT,
      help: `Most entries to show, newest first; 0 for all (default: ${DEFAULT_LIMIT})`,
    },
  },
  details: `KEY shows all versions of a key, KEY@3 or an id only one. REVISION is what vitrine revert takes.`,
  async run({ args: [arg = ""], values, connection, output }) {
    const { artifact, collection } = connection.vitrine;
    const limit = parseLimit(values.limit);
    const reference = parseReference(arg);
    const ofKey = "key" in reference && !arg.includes("@") ? reference.key : null;
    const id = "id" in reference ? reference.id : ofKey === null ? (await findRow(connection, reference)).id : "";
    const events: Event[] = [];
    let cursor: string | null = null;
    do {
      const part: { limit: number; cursor: string | null } = {
        limit: Math.min(MAX_LIMIT, limit - events.length + 1),
        cursor,
      };
      const { items, next }: Page<Event> =
        ofKey === null
          ? await artifact.history.query({ id, ...part })
          : await collection.history.query({ key: ofKey, ...part });
      events.push(...items);
      cursor = next;
    } while (cursor !== null && events.length <= limit);
    // For its error, which says that there is no such key or version.
    if (events.length === 0) await readVersion(connection, reference);
    const shown = events.slice(0, limit);
    await output.result(shown, () => (shown.length > 0 ? formatEvents(shown, output) : "Nothing was recorded of it."));
    if (events.length > limit) output.note("There are more. To list all, use --limit 0.");
  },
});

function formatEvents(events: Event[], output: Output): string {
  const rows = events.map(({ time, actor, service, verb, version, reason, before, after }) => [
    localTime(time),
    oneLine(`${actor?.name ?? "unknown"}${service === null ? "" : ` (${service})`}`),
    verb.replace(/^artifact\./, ""),
    version === null ? "" : String(version),
    typeof after?.revision === "number" ? String(after.revision) : "",
    oneLine([changesText(before), reason ?? ""].filter(Boolean).join(": ")),
  ]);
  const head = ["TIME", "ACTOR", "WHAT", "VERSION", "REVISION", "CHANGES AND REASON"];
  return headedColumns(head, rows, output);
}

function changesText(before: Event["before"]): string {
  const names = Object.keys(before ?? {}).map((name) => (["size", "rows", "number"].includes(name) ? "data" : name));
  return [...new Set(names)].filter((name) => name !== "cut").join(", ");
}
