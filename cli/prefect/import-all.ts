import { ImportKind } from "#contract/import";
import { type Copy, copyRows, type Outcome, type Skipped } from "./copy-rows";
import { type Entry, listEntries } from "./list-entries";
import type { Source } from "./source";
import type { Target } from "./target";

/** One kind of rows, counted on both sides. */
export interface Counted {
  kind: ImportKind;
  /** How many there are at the source, at the end. */
  there: number;
  /** How many of them were read; others came since. */
  read: number;
  /** How many of those are here. */
  here: number;
  /** How many of those were copied now. */
  copied: number;
  /** How many were changed at the source since they were copied; they stay as they were. */
  changed: number;
}

export interface ImportResult {
  counts: Counted[];
  left: Skipped[];
  /** Flows and deployments whose name was here: what belonged to them belongs to those. */
  instead: { [id: string]: string };
  /** Flow runs whose parent task run is no more, or was not taken: they were copied without it. */
  loosened: string[];
}

/** Told which kind is read or copied, and how far that is. */
export type OnProgress = (kind: ImportKind, step: "read" | "copied", done: number, total: number) => void;

/**
 * Copies everything that a source has, what is named before what names it: flows, deployments, flow runs and task runs
 * as they are nested, and the versions in the order in which they were made. What is here already is passed over.
 */
export async function importAll(source: Source, target: Target, told: OnProgress): Promise<ImportResult> {
  const copy: Copy = { source, target, instead: new Map(), left: [], told: () => {} };
  const entries: Partial<Record<ImportKind, Entry[]>> = {};
  const outcomes: Partial<Record<ImportKind, Outcome>> = {};
  const read = async (kind: ImportKind) => {
    const total = await source.count(kind);
    entries[kind] = await listEntries(source, kind, (known) => told(kind, "read", known, Math.max(known, total)));
    return entries[kind];
  };
  const begin = (kind: ImportKind, total: number) => {
    let done = 0;
    copy.told = (rows) => {
      done += rows;
      told(kind, "copied", done, total);
    };
  };
  for (const kind of ["flows", "deployments"] as const) {
    const rows = await read(kind);
    begin(kind, rows.length);
    outcomes[kind] = await copyRows(copy, kind, rows);
  }
  const [flowRuns, taskRuns] = [await read("flowRuns"), await read("taskRuns")];
  begin("flowRuns", flowRuns.length + taskRuns.length);
  const { loosened, ...runs } = await copyRuns(copy, flowRuns, taskRuns);
  Object.assign(outcomes, runs);
  const versions = (await read("artifacts")).sort(byCreation);
  begin("artifacts", versions.length);
  outcomes.artifacts = await copyRows(copy, "artifacts", versions);
  const counts = [];
  for (const kind of ImportKind.options) {
    const { here, made = 0, changed = 0 } = outcomes[kind] ?? {};
    const there = await source.count(kind);
    counts.push({ kind, there, read: entries[kind]?.length ?? 0, here: here?.size ?? 0, copied: made, changed });
  }
  return { counts, left: copy.left, instead: Object.fromEntries(copy.instead), loosened };
}

/** The order in which versions are numbered. */
function byCreation(one: Entry, other: Entry): number {
  if (one.created !== other.created) return one.created < other.created ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** Flow runs and task runs, each after the one it is nested in; at last those nested in what is no more. */
async function copyRuns(copy: Copy, flowRuns: Entry[], taskRuns: Entry[]) {
  const here = { flowRuns: emptyOutcome(), taskRuns: emptyOutcome() };
  let loosened: string[] = [];
  let left = { flowRuns, taskRuns };
  for (;;) {
    const within = (around: Outcome) => (entry: Entry) => entry.parent === null || around.here.has(entry.parent);
    const flows = parted(left.flowRuns, within(here.taskRuns));
    add(here.flowRuns, await copyRows(copy, "flowRuns", flows.now));
    const tasks = parted(left.taskRuns, within(here.flowRuns));
    add(here.taskRuns, await copyRows(copy, "taskRuns", tasks.now));
    left = { flowRuns: flows.later, taskRuns: tasks.later };
    if (flows.now.length + tasks.now.length > 0) continue;
    if (flows.later.length === 0) break;
    // Their parent is no more, or was not taken: they stand for themselves, and others may be nested in them.
    add(here.flowRuns, await copyRows(copy, "flowRuns", flows.later, "parentTaskRunId"));
    loosened = flows.later.map(({ id }) => id).filter((id) => here.flowRuns.here.has(id));
    left.flowRuns = [];
  }
  const reason = "Its flow run is not here.";
  for (const { id, key } of left.taskRuns) copy.left.push({ kind: "taskRuns", id, key, reason });
  return { ...here, loosened };
}

function emptyOutcome(): Outcome {
  return { here: new Set(), made: 0, changed: 0 };
}

function add(whole: Outcome, { here, made, changed }: Outcome): void {
  for (const id of here) whole.here.add(id);
  whole.made += made;
  whole.changed += changed;
}

function parted(entries: Entry[], fits: (entry: Entry) => boolean): { now: Entry[]; later: Entry[] } {
  const now: Entry[] = [];
  const later: Entry[] = [];
  for (const entry of entries) (fits(entry) ? now : later).push(entry);
  return { now, later };
}
