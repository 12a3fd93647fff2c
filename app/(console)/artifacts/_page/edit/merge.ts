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

/** A choice holds as long as the other side is what it was made against. */
export interface FieldChoice {
  side: Choice;
  theirs: string | null;
}

export interface Comparison {
  /** The fields that the draft changes, in the order of the form. */
  changed: string[];
  conflicts: Conflict[];
  /** The conflicts without a choice that holds. */
  unresolved: Conflict[];
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
 * What a draft changes, and where that is in conflict. The draft must be rebased on `theirs`. Data is compared as text.
 * @param choices by field; one for each conflict is needed before `change` may be saved
 */
export function compare(
  draft: Draft,
  theirs: Content,
  type: string | null,
  choices: ReadonlyMap<string, FieldChoice> = new Map(),
): Comparison {
  const changed: string[] = [];
  const conflicts: Conflict[] = [];
  const unresolved: Conflict[] = [];
  const change: Change = {};
  /** Notes a change, with the conflict in it if there is one. Returns whether the draft's side is saved. */
  const isMine = (field: string, conflict: Omit<Conflict, "field"> | null) => {
    changed.push(field);
    if (conflict === null) return true;
    const choice = choices.get(field);
    const holds = choice?.theirs === conflict.theirs;
    conflicts.push({ field, ...conflict });
    if (!holds) unresolved.push({ field, ...conflict });
    return !holds || choice.side === "mine";
  };

  const { description, base } = draft;
  if (description !== base.description) {
    const collides = base.description !== theirs.description;
    if (isMine("description", collides ? { mine: description, theirs: theirs.description } : null)) {
      change.description = description || null;
    }
  }

  const metadata = mergeMetadata(draft, theirs.metadata, isMine);
  if (metadata !== undefined) change.metadata = metadata;

  const data = dataOf(draft, type);
  if (data !== null && data !== base.data) {
    const collides = theirs.data !== null && theirs.data !== base.data;
    const conflict = collides ? { mine: draft.data, theirs: editableText(type, theirs.data ?? "null") } : null;
    if (isMine("data", conflict)) change.data = data;
  }
  return { changed, conflicts, unresolved, change };
}

/** The metadata to save; undefined where that is what the version has. */
function mergeMetadata(
  draft: Draft,
  theirs: Metadata | null,
  isMine: (field: string, conflict: Omit<Conflict, "field"> | null) => boolean,
): Metadata | null | undefined {
  const parsed = metadataOf(draft.rows);
  if ("duplicate" in parsed) {
    isMine("metadata", null);
    return undefined;
  }
  const [mine, base, current] = [entriesOf(parsed.metadata), entriesOf(draft.base.metadata), entriesOf(theirs)];
  const merged = new Map(current);
  for (const name of new Set([...base.keys(), ...mine.keys()])) {
    const [value, other] = [mine.get(name), current.get(name)];
    if (isSameValue(value, base.get(name))) continue;
    const collides = !isSameValue(base.get(name), other);
    if (!isMine(`metadata.${name}`, collides ? { mine: textOf(value), theirs: textOf(other) } : null)) continue;
    if (value === undefined) merged.delete(name);
    else merged.set(name, value);
  }
  const isChanged = canonical(metadataFrom(merged)) !== canonical(metadataFrom(current));
  return isChanged ? metadataFrom(merged) : undefined;
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
