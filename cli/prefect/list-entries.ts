import type { ImportKind } from "#contract/import";
import { toTimestamp } from "./row";
import type { Source } from "./source";

/** What is kept of each row until it is copied. */
export interface Entry {
  id: string;
  created: string;
  updated: string;
  /** The key of an artifact. */
  key: string | null;
  /** The flow run of a task run, or the parent task run of a flow run. */
  parent: string | null;
}

/** The kinds that Prefect can sort by id. */
const SORTABLE_BY_ID: readonly ImportKind[] = ["flowRuns", "taskRuns", "artifacts"];

const SORTS = ["NAME_ASC", "CREATED_DESC", "NAME_DESC", "UPDATED_DESC"];

/**
 * Lists every row of a kind that exists throughout, once each, even if others are created or deleted meanwhile.
 * @param onProgress receives the number of rows listed so far
 */
export async function listEntries(
  source: Source,
  kind: ImportKind,
  onProgress: (listed: number) => void,
): Promise<Entry[]> {
  return SORTABLE_BY_ID.includes(kind) ? listById(source, kind, onProgress) : listInPasses(source, kind, onProgress);
}

/**
 * Ids have no ties, and each page starts with the last row of the page before. If it starts elsewhere, rows were created
 * (then some are read again) or deleted (then the listing steps back to rows that it has read).
 */
async function listById(source: Source, kind: ImportKind, onProgress: (listed: number) => void): Promise<Entry[]> {
  const entries: Entry[] = [];
  let offset = 0;
  for (;;) {
    const { text, limit } = await source.page(kind, "ID_DESC", offset);
    const page = parseEntries(text);
    const last = entries.at(-1)?.id;
    if (last && offset > 0 && !(page[0] && page[0].id >= last)) {
      offset = Math.max(0, offset - source.limit);
      continue;
    }
    for (const entry of page) if (!last || entry.id < last) entries.push(entry);
    onProgress(entries.length);
    if (page.length < limit) return entries;
    offset += page.length - 1;
  }
}

/** Flows and deployments only have sort orders with ties, or that change: reads them in several, until none is missing. */
async function listInPasses(source: Source, kind: ImportKind, onProgress: (listed: number) => void): Promise<Entry[]> {
  const entries = new Map<string, Entry>();
  for (const sort of SORTS) {
    for (let offset = 0; ; ) {
      const { text, limit } = await source.page(kind, sort, offset);
      const page = parseEntries(text);
      for (const entry of page) entries.set(entry.id, entry);
      onProgress(entries.size);
      offset += page.length;
      if (page.length < limit) break;
    }
    if (entries.size >= (await source.count(kind))) break;
  }
  return [...entries.values()];
}

function parseEntries(text: string): Entry[] {
  const rows: Record<string, string | null | undefined>[] = JSON.parse(text);
  return rows.map(({ id, created, updated, key, flow_run_id, parent_task_run_id, task_key }) => ({
    id: String(id).toLowerCase(),
    created: toTimestamp(created),
    updated: toTimestamp(updated),
    key: key ?? null,
    parent: (task_key === undefined ? parent_task_run_id : flow_run_id) ?? null,
  }));
}
