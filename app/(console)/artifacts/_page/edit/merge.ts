import type { Metadata } from "#contract/artifact";
import type { Json } from "#contract/json";
import { canonical } from "#diff/equal";
import { formatJson } from "#formats/exact-json";
import { jsonProblem } from "#formats/json-problem";
import { type Content, type Draft, dataOf, editableText } from "./draft";
import { formatValue, type MetadataRow, metadataOf } from "./metadata-text";

/** The fields to save, against the current content of the version. */
export interface Change {
  description?: string | null;
  metadata?: Metadata | null;
  /** A JSON text. */
  data?: string;
}

/** A field that both the draft and someone else changed, to different content. */
export interface Conflict {
  /** `description`, `metadata.owner` or `data` */
  field: string;
  /** As text; null where that side removed the field. */
  mine: string | null;
  theirs: string | null;
}

/** Which side of a conflict is saved. */
export type Choice = "mine" | "theirs";

export interface Comparison {
  /** The fields that the draft changes, in the order of the form. */
  changed: string[];
  conflicts: Conflict[];
  /** What to save. In a conflict without a choice it is the draft's. */
  change: Change;
}

/** Which side changed a field since the base; `same` where both have the same content now. */
function outcomeOf<T>(base: T, mine: T, theirs: T, isSame: (a: T, b: T) => boolean): "same" | Choice | "conflict" {
  if (isSame(mine, theirs)) return "same";
  if (isSame(mine, base)) return "theirs";
  return isSame(theirs, base) ? "mine" : "conflict";
}

/**
 * A draft on the current content of its version: fields that the draft does not change are taken from there. Of those that
 * it changes, only the ones in conflict keep their base. Metadata with a name twice stays as it is.
 * @param type the artifact's type, by which data is text or JSON
 */
export function rebase(draft: Draft, theirs: Content, type: string | null): Draft {
  const adopted = new Set(draft.adopted);
  const next = { ...draft, base: { ...draft.base } };

  const description = outcomeOf(draft.base.description, draft.description, theirs.description, Object.is);
  if (description !== "conflict") next.base.description = theirs.description;
  if (description === "theirs") {
    next.description = theirs.description;
    adopted.add("description");
  }

  const mine = dataOf(draft, type);
  if (mine !== null && theirs.data !== null && theirs.data !== draft.base.data) {
    const data = outcomeOf(draft.base.data ?? "", mine, theirs.data, isSameData);
    if (data === "theirs") adopted.add("data");
    if (data === "theirs" || data === "same") next.data = next.base.data = null;
    else if (data === "mine") next.base.data = theirs.data;
  }

  const metadata = rebaseMetadata(draft, theirs.metadata);
  for (const name of metadata.adopted) adopted.add(`metadata.${name}`);
  next.rows = metadata.rows;
  next.base.metadata = metadata.base;
  next.adopted = [...adopted];
  return next;
}

function rebaseMetadata(draft: Draft, theirs: Metadata | null) {
  const parsed = metadataOf(draft.rows);
  const unchanged = { rows: draft.rows, base: draft.base.metadata, adopted: [] };
  if ("duplicate" in parsed) return unchanged;
  const [mine, old, current] = [entriesOf(parsed.metadata), entriesOf(draft.base.metadata), entriesOf(theirs)];
  const base = new Map(current);
  const adopted: string[] = [];
  let rows = draft.rows;
  for (const name of new Set([...old.keys(), ...current.keys()])) {
    const outcome = outcomeOf(old.get(name), mine.get(name), current.get(name), isSameValue);
    if (outcome === "theirs") {
      adopted.push(name);
      rows = withValue(rows, name, current.get(name));
    } else if (outcome === "conflict") {
      const before = old.get(name);
      if (before === undefined) base.delete(name);
      else base.set(name, before);
    }
  }
  return { rows, base: metadataFrom(base), adopted };
}

/** The rows with a value for a name; without the name if the value is undefined. */
function withValue(rows: MetadataRow[], name: string, value: Json | undefined): MetadataRow[] {
  if (value === undefined) return rows.filter((row) => row.name !== name);
  const text = formatValue(value);
  if (!rows.some((row) => row.name === name)) {
    return [...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, name, text }];
  }
  return rows.map((row) => (row.name === name ? { ...row, text } : row));
}

/**
 * What a draft changes, and where that is in conflict. The draft must be rebased on `theirs`.
 * @param choices by field; one for each conflict is needed before `change` may be saved
 */
export function compare(
  draft: Draft,
  theirs: Content,
  type: string | null,
  choices: ReadonlyMap<string, Choice> = new Map(),
): Comparison {
  const changed: string[] = [];
  const conflicts: Conflict[] = [];
  const change: Change = {};
  const isMine = (field: string) => choices.get(field) !== "theirs";

  if (draft.description !== draft.base.description) {
    changed.push("description");
    if (draft.base.description !== theirs.description) {
      conflicts.push({ field: "description", mine: draft.description, theirs: theirs.description });
    }
    if (isMine("description")) change.description = draft.description || null;
  }

  const metadata = compareMetadata(draft, theirs.metadata, isMine);
  changed.push(...metadata.changed);
  conflicts.push(...metadata.conflicts);
  if (metadata.merged !== undefined) change.metadata = metadata.merged;

  const data = dataOf(draft, type);
  if (data !== null && draft.base.data !== null && !isSameData(data, draft.base.data)) {
    changed.push("data");
    if (theirs.data !== null && theirs.data !== draft.base.data) {
      conflicts.push({ field: "data", mine: draft.data, theirs: editableText(type, theirs.data) });
    }
    if (isMine("data")) change.data = data;
  }
  return { changed, conflicts, change };
}

/** A choice holds as long as the other side is what it was made against. */
export interface FieldChoice {
  side: Choice;
  theirs: string | null;
}

/** As `compare`, with the choices that still hold. `unresolved` are the conflicts that need one. */
export function resolve(
  draft: Draft,
  theirs: Content,
  type: string | null,
  choices: ReadonlyMap<string, FieldChoice>,
): Comparison & { unresolved: Conflict[] } {
  const { conflicts } = compare(draft, theirs, type);
  const valid = new Map<string, Choice>();
  for (const conflict of conflicts) {
    const choice = choices.get(conflict.field);
    if (choice?.theirs === conflict.theirs) valid.set(conflict.field, choice.side);
  }
  const unresolved = conflicts.filter(({ field }) => !valid.has(field));
  return { ...compare(draft, theirs, type, valid), unresolved };
}

function compareMetadata(draft: Draft, theirs: Metadata | null, isMine: (field: string) => boolean) {
  const parsed = metadataOf(draft.rows);
  const conflicts: Conflict[] = [];
  if ("duplicate" in parsed) return { changed: ["metadata"], conflicts, merged: undefined };
  const [mine, base, current] = [entriesOf(parsed.metadata), entriesOf(draft.base.metadata), entriesOf(theirs)];
  const changed: string[] = [];
  const merged = new Map(current);
  for (const name of new Set([...base.keys(), ...mine.keys()])) {
    if (isSameValue(mine.get(name), base.get(name))) continue;
    const field = `metadata.${name}`;
    changed.push(field);
    if (!isSameValue(base.get(name), current.get(name))) {
      conflicts.push({ field, mine: textOf(mine.get(name)), theirs: textOf(current.get(name)) });
    }
    if (!isMine(field)) continue;
    const value = mine.get(name);
    if (value === undefined) merged.delete(name);
    else merged.set(name, value);
  }
  const isChanged = canonical(metadataFrom(merged)) !== canonical(metadataFrom(current));
  return { changed, conflicts, merged: isChanged ? metadataFrom(merged) : undefined };
}

function entriesOf(metadata: Metadata | null): Map<string, Json> {
  return new Map(Object.entries(metadata ?? {}));
}

function metadataFrom(entries: Map<string, Json>): Metadata | null {
  return entries.size === 0 ? null : Object.fromEntries(entries);
}

function textOf(value: Json | undefined): string | null {
  return value === undefined ? null : formatValue(value);
}

function isSameValue(a: Json | undefined, b: Json | undefined): boolean {
  return canonical(a) === canonical(b);
}

/** Whether two texts are the same JSON but for whitespace; a text that is not JSON equals only itself. */
function isSameData(a: string, b: string): boolean {
  if (a === b) return true;
  return jsonProblem(a) === null && jsonProblem(b) === null && formatJson(a) === formatJson(b);
}
