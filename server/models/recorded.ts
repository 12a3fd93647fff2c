import { isDeepStrictEqual } from "node:util";
import type { EventVerb } from "#contract/event";
import type { Database } from "#db/postgres";
import type { Author } from "./author";
import { recordEvent } from "./event";

/** A row of what produces artifacts. */
interface Named {
  id: string;
  name: string;
}

/** What changes many times in a run, besides its state. */
const UNRECORDED = new Set([
  "updated",
  "runCount",
  "startTime",
  "endTime",
  "expectedStartTime",
  "nextScheduledStartTime",
]);

/** Inserts a row and records that, in one transaction. @returns undefined where `insert` inserted none */
export async function recordCreation<Row extends Named>(
  db: Database,
  author: Author,
  verb: EventVerb,
  insert: (tx: Database) => Promise<Row[]>,
): Promise<Row | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await insert(tx);
    if (row) await recordEvent(tx, author, { verb, after: named(row) });
    return row;
  });
}

/**
 * Changes a row and records what is different, in one transaction. States and times of runs are not recorded.
 * @param lock reads the row and locks it
 * @returns undefined where there is none
 */
export async function recordChange<Row extends Named>(
  db: Database,
  author: Author,
  verb: EventVerb,
  { lock, update }: { lock: (tx: Database) => Promise<Row[]>; update: (tx: Database) => Promise<Row[]> },
): Promise<Row | undefined> {
  return db.transaction(async (tx) => {
    const [before] = await lock(tx);
    const [after] = await update(tx);
    if (!before || !after) return after;
    const changed = Object.keys(before).filter((field) => isChanged(field, before, after));
    const fields = (row: Row) => ({ id: row.id, name: row.name, ...pick(row, changed) });
    if (changed.length > 0) await recordEvent(tx, author, { verb, before: fields(before), after: fields(after) });
    return after;
  });
}

/** Deletes a row and records that, in one transaction. @returns undefined where there is none */
export async function recordDeletion<Row extends Named>(
  db: Database,
  author: Author,
  verb: EventVerb,
  remove: (tx: Database) => Promise<Row[]>,
): Promise<Row | undefined> {
  return db.transaction(async (tx) => {
    const [row] = await remove(tx);
    if (row) await recordEvent(tx, author, { verb, before: named(row) });
    return row;
  });
}

/** The ids of a row, and its name. */
function named(row: Named): object {
  const ids = Object.entries(row).filter(([field, value]) => /^(?:id|.*Id)$/.test(field) && value !== null);
  return { ...Object.fromEntries(ids), name: row.name };
}

/** Whether changes of a field of a run are recorded. */
export function isRecorded(field: string): boolean {
  return !UNRECORDED.has(field) && !field.startsWith("state");
}

function isChanged(field: string, before: object, after: object): boolean {
  return isRecorded(field) && !isDeepStrictEqual(Reflect.get(before, field), Reflect.get(after, field));
}

function pick(row: object, fields: string[]): object {
  return Object.fromEntries(fields.map((field) => [field, Reflect.get(row, field)]));
}
