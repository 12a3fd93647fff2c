import type { Artifact } from "#contract/artifact";
import { MAX_LIMIT } from "#contract/limits";
import { contentSize } from "#formats/number";
import { localTime, nameOf, oneLine } from "../artifacts/format";
import { parseKey } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";

export const watch = command({
  name: "watch",
  summary: "Print new and changed versions of a key as they happen",
  synopsis: "<key>",
  argCount: [1, 1],
  complete: ["key"],
  options: { count: { type: "string", value: "N", help: "Exit after N lines" } },
  details: `The key does not have to exist yet. --json prints {"event": "published" or "changed", "artifact": …} per line.`,
  async run({ args: [arg = ""], values, connection, output, interruption: { signal } }) {
    const key = parseKey(arg);
    let remaining = parseCount(values.count);
    const position = await currentPosition(connection, key);
    output.note(`Watching ${key} (${position.version === 0 ? "no versions yet" : `latest: ${position.version}`})`);
    for await (const _ of connection.vitrine.changes.watch({ keys: [key] }, { signal })) {
      for (const [event, row] of await readEvents(connection, key, position)) {
        await output.result({ event, artifact: row }, () => formatEvent(event, row));
        remaining -= 1;
        if (remaining === 0) return;
      }
    }
    signal.throwIfAborted();
  },
});

type Event = "published" | "changed";

/** What has been printed so far: versions up to this one, and changes up to this time. */
interface Position {
  version: number;
  updated: string;
}

const ofKey = (key: string) => ({ key: { any: [key] } });

async function currentPosition({ vitrine }: Connection, key: string): Promise<Position> {
  const where = { artifacts: ofKey(key) };
  const [[latest], [lastUpdated]] = await Promise.all([
    vitrine.collection.list.query({ where }),
    vitrine.artifact.list.query({ where, sort: "UPDATED_DESC", limit: 1 }),
  ]);
  return { version: latest?.version ?? 0, updated: lastUpdated?.updated ?? "1970-01-01T00:00:00Z" };
}

/** The events since `position`, oldest first; moves `position` on. */
async function readEvents({ vitrine }: Connection, key: string, position: Position): Promise<[Event, Artifact][]> {
  const where = { artifacts: { ...ofKey(key), updated: { after: position.updated } } };
  const rows: Artifact[] = [];
  for await (const row of vitrine.artifacts.page({ where, sort: "UPDATED_DESC", limit: MAX_LIMIT })) {
    if (row.updated > position.updated) rows.push(row);
  }
  rows.sort((a, b) => a.updated.localeCompare(b.updated) || (a.version ?? 0) - (b.version ?? 0));
  return rows.map((row) => {
    const event = (row.version ?? 0) > position.version ? "published" : "changed";
    position.version = Math.max(position.version, row.version ?? 0);
    position.updated = row.updated;
    return [event, row];
  });
}

function formatEvent(event: Event, row: Artifact): string {
  const description = row.description === null ? "" : `  ${oneLine(row.description)}`;
  return `${localTime(row.updated)}  ${event.padEnd(9)}  ${nameOf(row)}  ${contentSize(row)}${description}`;
}

function parseCount(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`Invalid --count "${text}": use a number from 1.`);
}
