import { and, eq, getTableColumns, gte, inArray, lte, or, type SQL, sql } from "drizzle-orm";
import type { Actor, CollectionHistory, Event, EventCount, EventList, EventPage, EventWhere } from "#contract/event";
import type { Page } from "#contract/paging";
import type { Database } from "#db/postgres";
import { actor, event } from "#db/schema";
import { withSlot } from "#db/slots";
import { streamOf } from "#db/work-stream";
import { type Author, authorColumns, insertActor } from "./author";
import { boundedCount } from "./query/count";
import { type Order, orderBy, readPage } from "./query/page";
import { previousKeys } from "./rename";

/** What is recorded, as expressions over the rows of `from`; `reason` and `flowRunId` are else those of the author. */
interface EventValues {
  verb: string;
  key?: SQL;
  artifactId?: SQL;
  version?: SQL;
  reason?: SQL;
  flowRunId?: SQL;
  after?: SQL;
  from: SQL;
}

/**
 * An insert of events, as a part of the statement that writes: `with …, logged as (insert …)`.
 * @param author a value of `authorColumns`, or its placeholder
 */
export function insertEvents(author: unknown, values: EventValues): SQL {
  const none = sql`null`;
  const { verb, key = none, artifactId = none, version = none, after = none, from } = values;
  const { reason = sql`author->>'reason'`, flowRunId = sql`(author->>'flow_run_id')::uuid` } = values;
  return sql`
    insert into event (actor_id, service, flow_run_id, request_id, reason, verb, key, artifact_id, version, after)
    select (author->>'actor_id')::uuid, author->>'service', ${flowRunId}, author->>'request_id', ${reason},
      ${sql.raw(`'${verb}'`)}, ${key}, ${artifactId}, ${version}, ${after}
    from (select ${author}::jsonb as author offset 0) written, ${from}`;
}

/**
 * Records one write of something that is not a version of an artifact, in the transaction of `tx`. An event of a version
 * is part of the statement that writes it: see `insertEvents`, and `event_record` for SQL functions.
 */
export async function recordEvent(
  tx: Database,
  author: Author,
  { verb, reason, before, after }: { verb: string; reason?: string | null; before?: object; after?: object },
): Promise<void> {
  const fields = (of?: object) => (of === undefined ? null : JSON.stringify(of));
  await insertActor(tx, author);
  await tx.execute(sql`
    select event_record(${authorColumns(author, reason)}::jsonb, ${verb}, null, null, null,
      ${fields(before)}::jsonb, ${fields(after)}::jsonb)`);
}

const { xid, actorId, ...fields } = getTableColumns(event);

const columns = { ...fields, actor: { id: actor.id, kind: actor.kind, name: actor.name } };

function select(db: Database) {
  return db.select(columns).from(event).leftJoin(actor, eq(actor.id, event.actorId)).$dynamic();
}

/** Ids are made of the time of insertion, so that the index of a condition has the order of time. */
const newestFirst: Order<Event> = {
  value: event.id,
  type: "uuid",
  id: event.id,
  descending: true,
  of: ({ id }) => id,
};

function matching(where: EventWhere = {}): SQL | undefined {
  const { verbs, actors, key, artifactId, flowRunId, service, requestId, after, before } = where;
  const equals = (column: SQL | (typeof fields)[keyof typeof fields], value: string | null | undefined) =>
    value == null ? undefined : sql`${column} = ${value}`;
  return and(
    verbs ? inArray(event.verb, verbs) : undefined,
    actors ? inArray(event.actorId, actors) : undefined,
    equals(event.key, key),
    equals(event.artifactId, artifactId),
    equals(event.flowRunId, flowRunId),
    equals(event.service, service),
    equals(event.requestId, requestId),
    after == null ? undefined : gte(event.time, after),
    before == null ? undefined : lte(event.time, before),
  );
}

/** The events that match, the newest first, by limit and offset. */
export async function list(db: Database, { where, limit, offset }: EventList): Promise<Event[]> {
  return select(db).where(matching(where)).orderBy(orderBy(newestFirst)).limit(limit).offset(offset);
}

/** The events that match, the newest first, a page at a time. BAD_REQUEST for a cursor of another query. */
export async function page(db: Database, input: EventPage): Promise<Page<Event>> {
  return readPage(input, newestFirst, ["event", input.where ?? {}], (from, by, limit) =>
    select(db)
      .where(and(matching(input.where), from))
      .orderBy(by)
      .limit(limit),
  );
}

/** The events of a key, those of the keys that it had before included, the newest first, a page at a time. */
export async function pageOfKey(db: Database, { key, ...input }: CollectionHistory): Promise<Page<Event>> {
  const names = await previousKeys(db, key);
  const former = names.map((name) => and(eq(event.key, name.key), lte(event.time, name.until)));
  const which = or(eq(event.key, key), ...former);
  return readPage(input, newestFirst, ["history", key], (from, by, limit) =>
    select(db).where(and(which, from)).orderBy(by).limit(limit),
  );
}

/** How many events match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: EventCount): Promise<number> {
  return boundedCount(db, db.select({ id: event.id }).from(event).where(matching(where)).$dynamic(), atMost);
}

/** Everyone who ever wrote, by kind and name. */
export async function actors(db: Database): Promise<Actor[]> {
  return db.select({ id: actor.id, kind: actor.kind, name: actor.name }).from(actor).orderBy(actor.kind, actor.name);
}

/** So many events are read at once for an export. */
const BATCH = 1000;

/** Streams the events that match, the oldest first, of any number; those that are recorded meanwhile may be among them. */
export function stream(db: Database, where: EventWhere, caller: string): ReadableStream<Event> {
  const order = { ...newestFirst, descending: false };
  return streamOf(async (emit) => {
    let last: string | null = null;
    for (;;) {
      const from = last === null ? undefined : sql`${event.id} > ${last}::uuid`;
      const read = () =>
        select(db)
          .where(and(matching(where), from))
          .orderBy(orderBy(order))
          .limit(BATCH);
      const rows: Event[] = await withSlot("long", caller, read);
      for (const row of rows) await emit(row);
      last = rows.at(-1)?.id ?? null;
      if (rows.length < BATCH) return;
    }
  });
}
