import type { Artifact } from "#contract/artifact";
import { MAX_LIMIT } from "#contract/limits";
import { contentSize } from "#formats/holds";
import { localTime, nameOf, oneLine } from "../artifacts/format";
import { parseKey } from "../artifacts/reference";
import { command } from "../runtime/command";
import type { Connection } from "../runtime/connection";
import { usageError } from "../terminal/error";

export const watch = command({
  name: "watch",
  summary: "Follows a key: a line for each new version and each change of one, as it happens",
  synopsis: "<key>",
  takes: [1, 1],
  options: { count: { type: "string", value: "N", help: "end after so many lines" } },
  help: `The key need not be there yet. With --json each line is {"event": "published" or "changed", "artifact": …}.`,
  async run({ words: [word = ""], values, connection, report, interruption: { signal } }) {
    const key = parseKey(word);
    let left = countOf(values.count);
    const seen = await markOf(connection, key);
    report.note(
      `Following ${key}, ${seen.version === 0 ? "which has no version yet" : `now at version ${seen.version}`} …`,
    );
    for await (const _ of connection.vitrine.changes.watch({ keys: [key] }, { signal })) {
      for (const [event, row] of await since(connection, key, seen)) {
        await report.result({ event, artifact: row }, () => lineOf(event, row));
        left -= 1;
        if (left === 0) return;
      }
    }
    signal.throwIfAborted();
  },
});

type Event = "published" | "changed";

/** How far a key was followed. */
interface Mark {
  version: number;
  updated: string;
}

const of = (key: string) => ({ key: { any: [key] } });

async function markOf({ vitrine }: Connection, key: string): Promise<Mark> {
  const where = { artifacts: of(key) };
  const [[newest], [moved]] = await Promise.all([
    vitrine.collection.list.query({ where }),
    vitrine.artifact.list.query({ where, sort: "UPDATED_DESC", limit: 1 }),
  ]);
  return { version: newest?.version ?? 0, updated: moved?.updated ?? "1970-01-01T00:00:00Z" };
}

/** What happened since the mark, in order; the mark moves on. */
async function since({ vitrine }: Connection, key: string, mark: Mark): Promise<[Event, Artifact][]> {
  const where = { artifacts: { ...of(key), updated: { after: mark.updated } } };
  const rows: Artifact[] = [];
  for await (const row of vitrine.artifacts.page({ where, sort: "UPDATED_DESC", limit: MAX_LIMIT })) {
    if (row.updated > mark.updated) rows.push(row);
  }
  rows.sort((a, b) => a.updated.localeCompare(b.updated) || (a.version ?? 0) - (b.version ?? 0));
  return rows.map((row) => {
    const event = (row.version ?? 0) > mark.version ? "published" : "changed";
    Object.assign(mark, { version: Math.max(mark.version, row.version ?? 0), updated: row.updated });
    return [event, row];
  });
}

function lineOf(event: Event, row: Artifact): string {
  const about = row.description === null ? "" : `  ${oneLine(row.description)}`;
  return `${localTime(row.updated)}  ${event.padEnd(9)}  ${nameOf(row)}  ${contentSize(row)}${about}`;
}

function countOf(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`--count takes a number from 1; "${text}" is none.`);
}
