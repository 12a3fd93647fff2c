import { ImportKind } from "#contract/import";
import { type Copy, type CopyResult, copyRows, type SkippedRow } from "./copy-rows";
import { type Entry, listEntries } from "./list-entries";
import type { Source } from "./source";
import type { Target } from "./target";

/** Numbers of rows of one kind. */
export interface KindCounts {
  kind: ImportKind;
  /** In the source, at the end of the import. */
  there: number;
  /** Of those, read; the others were created meanwhile. */
  read: number;
  /** Of those read, present in the target. */
  here: number;
  /** Of those, copied by this import. */
  copied: number;
  /** Changed in the source after they were copied by an earlier import; they stay as they are. */
  changed: number;
}

/** The result of an import, as `--json` prints it. */
export interface ImportSummary {
  counts: KindCounts[];
  /** Rows that were skipped, with the reasons. */
  left: SkippedRow[];
  /** Flows and deployments whose name exists in the target: the id that their runs and artifacts got instead. */
  instead: { [id: string]: string };
  /** Flow runs that were copied without their parent task run, which does not exist or was skipped. */
  loosened: string[];
}

export type OnProgress = (kind: ImportKind, step: "read" | "copied", done: number, total: number) => void;

/**
 * Copies all rows that the target does not have, each after the rows that it refers to: flows, deployments, flow runs and
 * task runs by nesting, then versions in the order of their creation.
 */
export async function importAll(source: Source, target: Target, onProgress: OnProgress): Promise<ImportSummary> {
  const copy: Copy = { source, target, replacements: new Map(), skipped: [], onProgress: () => {} };
  const entries: Partial<Record<ImportKind, Entry[]>> = {};
  const results: Partial<Record<ImportKind, CopyResult>> = {};
  const read = async (kind: ImportKind) => {
    const total = await source.count(kind);
    const listed = await listEntries(source, kind, (count) => onProgress(kind, "read", count, Math.max(count, total)));
    entries[kind] = listed;
    return listed;
  };
  const startProgress = (kind: ImportKind, total: number) => {
    let done = 0;
    copy.onProgress = (rows) => {
      done += rows;
      onProgress(kind, "copied", done, total);
    };
  };
  for (const kind of ["flows", "deployments"] as const) {
    const rows = await read(kind);
    startProgress(kind, rows.length);
    results[kind] = await copyRows(copy, kind, rows);
  }
  const [flowRuns, taskRuns] = [await read("flowRuns"), await read("taskRuns")];
  startProgress("flowRuns", flowRuns.length + taskRuns.length);
  const { withoutParent, ...runs } = await copyRuns(copy, flowRuns, taskRuns);
  Object.assign(results, runs);
  const versions = (await read("artifacts")).sort(byCreation);
  startProgress("artifacts", versions.length);
  results.artifacts = await copyRows(copy, "artifacts", versions);
  const counts = [];
  for (const kind of ImportKind.options) {
    const { here, copied = 0, changed = 0 } = results[kind] ?? {};
    const there = await source.count(kind);
    counts.push({ kind, there, read: entries[kind]?.length ?? 0, here: here?.size ?? 0, copied, changed });
  }
  return { counts, left: copy.skipped, instead: Object.fromEntries(copy.replacements), loosened: withoutParent };
}

/** The order in which versions are numbered. */
function byCreation(a: Entry, b: Entry): number {
  if (a.created !== b.created) return a.created < b.created ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** Copies flow runs and task runs, each after the run that contains it; last, flow runs whose parent is missing. */
async function copyRuns(copy: Copy, flowRuns: Entry[], taskRuns: Entry[]) {
  const results = { flowRuns: emptyResult(), taskRuns: emptyResult() };
  let withoutParent: string[] = [];
  let remaining = { flowRuns, taskRuns };
  for (;;) {
    const isIn = (parents: CopyResult) => (entry: Entry) => entry.parent === null || parents.here.has(entry.parent);
    const flows = partition(remaining.flowRuns, isIn(results.taskRuns));
    add(results.flowRuns, await copyRows(copy, "flowRuns", flows.ready));
    const tasks = partition(remaining.taskRuns, isIn(results.flowRuns));
    add(results.taskRuns, await copyRows(copy, "taskRuns", tasks.ready));
    remaining = { flowRuns: flows.waiting, taskRuns: tasks.waiting };
    if (flows.ready.length + tasks.ready.length > 0) continue;
    if (flows.waiting.length === 0) break;
    // Their parents are missing. Other runs may be nested in them.
    add(results.flowRuns, await copyRows(copy, "flowRuns", flows.waiting, "parentTaskRunId"));
    withoutParent = flows.waiting.map(({ id }) => id).filter((id) => results.flowRuns.here.has(id));
    remaining.flowRuns = [];
  }
  const reason = "Its flow run was not imported.";
  for (const { id, key } of remaining.taskRuns) copy.skipped.push({ kind: "taskRuns", id, key, reason });
  return { ...results, withoutParent };
}

function emptyResult(): CopyResult {
  return { here: new Set(), copied: 0, changed: 0 };
}

function add(total: CopyResult, { here, copied, changed }: CopyResult): void {
  for (const id of here) total.here.add(id);
  total.copied += copied;
  total.changed += changed;
}

function partition(entries: Entry[], isReady: (entry: Entry) => boolean): { ready: Entry[]; waiting: Entry[] } {
  const ready: Entry[] = [];
  const waiting: Entry[] = [];
  for (const entry of entries) (isReady(entry) ? ready : waiting).push(entry);
  return { ready, waiting };
}
