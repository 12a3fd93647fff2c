import type { ImportKind } from "#contract/import";
import { toTimestamp } from "./row";
import type { Source } from "./source";

/** What is kept in mind of each row until it is copied. */
export interface Entry {
  id: string;
  created: string;
  updated: string;
  /** The key of an artifact. */
  key: string | null;
  /** The flow run of a task run, the parent task run of a flow run. */
  parent: string | null;
}

/** The kinds that can be read in the order of their ids. */
const ORDERED: readonly ImportKind[] = ["flowRuns", "taskRuns", "artifacts"];

const SORTS = ["NAME_ASC", "CREATED_DESC", "NAME_DESC", "UPDATED_DESC"];

/**
 * Every row of a kind that was there throughout, once each, whatever comes and goes meanwhile.
 * @param told how many are known by now
 */
export async function listEntries(source: Source, kind: ImportKind, told: (known: number) => void): Promise<Entry[]> {
  return ORDERED.includes(kind) ? inOrder(source, kind, told) : inPasses(source, kind, told);
}

/**
 * In the order of ids, which has no ties. Each page begins with the last row of the one before. Where it does not, rows
 * came (then some are seen again) or went (then the walk steps back until it meets what it has seen).
 */
async function inOrder(source: Source, kind: ImportKind, told: (known: number) => void): Promise<Entry[]> {
  const known: Entry[] = [];
  let offset = 0;
  for (;;) {
    const { text, asked } = await source.page(kind, "ID_DESC", offset);
    const page = entriesIn(text);
    const last = known.at(-1)?.id;
    if (last && offset > 0 && !(page[0] && page[0].id >= last)) {
      offset = Math.max(0, offset - source.limit);
      continue;
    }
    for (const entry of page) if (!last || entry.id < last) known.push(entry);
    told(known.length);
    if (page.length < asked) return known;
    offset += page.length - 1;
  }
}

/** Flows and deployments have only orders with ties, or that change: they are read until as many are known as there are. */
async function inPasses(source: Source, kind: ImportKind, told: (known: number) => void): Promise<Entry[]> {
  const known = new Map<string, Entry>();
  for (const sort of SORTS) {
    for (let offset = 0; ; ) {
      const { text, asked } = await source.page(kind, sort, offset);
      const page = entriesIn(text);
      for (const entry of page) known.set(entry.id, entry);
      told(known.size);
      offset += page.length;
      if (page.length < asked) break;
    }
    if (known.size >= (await source.count(kind))) break;
  }
  return [...known.values()];
}

function entriesIn(text: string): Entry[] {
  const rows: Record<string, string | null | undefined>[] = JSON.parse(text);
  return rows.map(({ id, created, updated, key, flow_run_id, parent_task_run_id, task_key }) => ({
    id: String(id).toLowerCase(),
    created: toTimestamp(created),
    updated: toTimestamp(updated),
    key: key ?? null,
    parent: (task_key === undefined ? parent_task_run_id : flow_run_id) ?? null,
  }));
}
