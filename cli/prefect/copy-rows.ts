import { VitrineError } from "#contract/error";
import type { ImportKind } from "#contract/import";
import { MAX_BODY_OVERHEAD, MAX_LIST } from "#contract/limits";
import type { Entry } from "./list-entries";
import { type ImportRow, type InvalidRow, parseRows } from "./row";
import type { Source } from "./source";
import type { Target } from "./target";

export interface SkippedRow {
  kind: ImportKind;
  id: string;
  key: string | null;
  reason: string;
}

export interface Copy {
  source: Source;
  target: Target;
  /** Flows and deployments of the source that exist in the target under another id. */
  replacements: Map<string, string>;
  skipped: SkippedRow[];
  onProgress(rows: number): void;
}

export interface CopyResult {
  here: Set<string>;
  copied: number;
  /** Rows that the target had, and that have changed in the source since. */
  changed: number;
}

/**
 * Copies the rows that the target does not have, in their order.
 * @param without a field to leave out, because the row that it names does not exist
 */
export async function copyRows(copy: Copy, kind: ImportKind, entries: Entry[], without?: string): Promise<CopyResult> {
  const result: CopyResult = { here: new Set(), copied: 0, changed: 0 };
  const versions = new VersionChain();
  let pending: Entry[] = [];
  const flush = async () => {
    await readAndSend(copy, kind, pending, { result, versions, without });
    copy.onProgress(pending.length);
    pending = [];
  };
  for (let from = 0; from < entries.length; from += MAX_LIST) {
    const batch = entries.slice(from, from + MAX_LIST);
    const known = await copy.target.known(
      kind,
      batch.map(({ id }) => id),
    );
    for (const entry of batch) {
      const updated = known.get(entry.id);
      if (updated === undefined) pending.push(entry);
      else {
        result.here.add(entry.id);
        if (updated < entry.updated) result.changed += 1;
        versions.add(entry);
        copy.onProgress(1);
      }
      if (pending.length === copy.source.limit) await flush();
    }
  }
  await flush();
  return result;
}

class VersionChain {
  private readonly last = new Map<string, string>();

  add({ id, key }: { id: string; key: string | null }): void {
    if (key !== null) this.last.set(key, id);
  }

  /** Adds to each version the id of the one before, as if all of them were imported. */
  link(rows: ImportRow[]): ImportRow[] {
    const last = new Map(this.last);
    return rows.map((row) => {
      if (row.key === null) return row;
      const previous = last.get(row.key) ?? null;
      last.set(row.key, row.id);
      return { ...row, fields: { ...row.fields, previous } };
    });
  }
}

interface Progress {
  result: CopyResult;
  versions: VersionChain;
  without: string | undefined;
}

async function readAndSend(copy: Copy, kind: ImportKind, entries: Entry[], progress: Progress): Promise<void> {
  if (entries.length === 0) return;
  const rows = await readRows(
    copy,
    kind,
    entries.map(({ id }) => id),
  );
  const valid: ImportRow[] = [];
  for (const { id, key } of entries) {
    const row = rows.get(id) ?? { id, key, reason: "Deleted in Prefect during the import." };
    if ("reason" in row) copy.skipped.push({ kind, id, key, reason: row.reason });
    else valid.push({ ...row, fields: resolveFields(row.fields, copy.replacements, progress.without) });
  }
  await send(copy, kind, valid, progress);
}

/** Replaces the ids of flows and deployments that have another id in the target. */
function resolveFields(fields: object, replacements: Map<string, string>, without: string | undefined): object {
  const entries = Object.entries(fields).map(([name, value]) => {
    if (name === without) return [name, null];
    return [name, name === "flowId" || name === "deploymentId" ? (replacements.get(value) ?? value) : value];
  });
  return Object.fromEntries(entries);
}

const TOO_LARGE = new VitrineError("PAYLOAD_TOO_LARGE", "Too large to read.");

/** Reads rows by id; if they cannot be read together, halves the list, down to the row that cannot be read. */
async function readRows(copy: Copy, kind: ImportKind, ids: string[]): Promise<Map<string, ImportRow | InvalidRow>> {
  const text = await copy.source.rows(kind, ids);
  const rows = text === null ? TOO_LARGE : resultOrError(() => parseRows(kind, text));
  if (!(rows instanceof VitrineError)) return new Map(rows.map((row) => [row.id, row]));
  const [id = ""] = ids;
  if (ids.length === 1) return new Map([[id, { id, key: null, reason: rows.message }]]);
  const half = ids.length >> 1;
  const first = await readRows(copy, kind, ids.slice(0, half));
  const second = await readRows(copy, kind, ids.slice(half));
  return new Map([...first, ...second]);
}

function resultOrError<T>(work: () => T): T | VitrineError {
  try {
    return work();
  } catch (error) {
    if (error instanceof VitrineError) return error;
    throw error;
  }
}

/** Whether everything but the data fits into one request; a single row is sent in any case. */
function fitsInRequest(rows: readonly ImportRow[]): boolean {
  const bytes = rows.reduce((sum, { fields }) => sum + Buffer.byteLength(JSON.stringify(fields)) + 20, 100);
  return rows.length === 1 || bytes <= MAX_BODY_OVERHEAD;
}

/** Errors in the rows themselves: a smaller list may succeed. */
const ROW_ERRORS = new Set(["BAD_REQUEST", "PAYLOAD_TOO_LARGE"]);

/** Imports rows; if they are rejected together, halves the list, down to the row that is rejected. */
async function send(copy: Copy, kind: ImportKind, rows: ImportRow[], progress: Progress): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { result, versions } = progress;
  const linked = kind === "artifacts" ? versions.link(rows) : rows;
  const response = fitsInRequest(linked)
    ? await copy.target.import(kind, linked).catch((error: unknown) => {
        if (error instanceof VitrineError && ROW_ERRORS.has(error.code)) return error;
        throw error;
      })
    : TOO_LARGE;
  if (response instanceof VitrineError) {
    if (rows.length === 1) copy.skipped.push({ kind, id: first.id, key: first.key, reason: response.message });
    else {
      const half = rows.length >> 1;
      await send(copy, kind, rows.slice(0, half), progress);
      await send(copy, kind, rows.slice(half), progress);
    }
    return;
  }
  result.copied += response.created;
  for (const [id, replacement] of Object.entries(response.replacements)) copy.replacements.set(id, replacement);
  const reasons = new Map(response.rejected.map(({ id, reason }) => [id, reason]));
  for (const row of rows) {
    const reason = reasons.get(row.id);
    if (reason !== undefined) copy.skipped.push({ kind, id: row.id, key: row.key, reason });
    else {
      result.here.add(row.id);
      versions.add(row);
    }
  }
}
