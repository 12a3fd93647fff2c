import {
  and,
  asc,
  type Column,
  desc,
  eq,
  getTableColumns,
  getTableName,
  isNull,
  lte,
  or,
  type SQL,
  Subquery,
  sql,
} from "drizzle-orm";
import { NIL } from "uuid";
import type {
  Actor,
  CollectionHistory,
  Event,
  EventCount,
  EventList,
  EventPage,
  EventVerb,
  EventWhere,
} from "#contract/event";
import type { Page } from "#contract/paging";
import type { Database } from "#db/postgres";
import { actor, artifact, artifactTrash, event, eventWatermark } from "#db/schema";
import { withSlot } from "#db/slots";
import { streamOf } from "#db/work-stream";
import { type Author, authorColumns, insertActor } from "./author";
import { type Order, type Position, readFrom, selectInOrder } from "./query/page";
import { texts, uuids } from "./query/where";
import { previousKeys } from "./rename";

/** What is recorded, as expressions over the rows of `from`; `reason` and `flowRunId` are else those of the author. */
interface EventValues {
  verb: EventVerb;
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
  { verb, reason, before, after }: { verb: EventVerb; reason?: string | null; before?: object; after?: object },
): Promise<void> {
  const fields = (of?: object) => (of === undefined ? null : JSON.stringify(of));
  await insertActor(tx, author);
  await tx.execute(sql`
    select event_record(${authorColumns(author, reason)}::jsonb, ${verb}, null, null, null,
      ${fields(before)}::jsonb, ${fields(after)}::jsonb)`);
}

const { xid, ...storedFields } = getTableColumns(event);
const { actorId, ...fields } = storedFields;

const columns = { ...fields, actor: { id: actor.id, kind: actor.kind, name: actor.name } };

/** A table whose rows are events, or stand for one. */
interface Source {
  table: typeof event | typeof artifact | typeof artifactTrash;
  values: Record<keyof typeof storedFields, SQL | Column>;
  /** Which rows. */
  which?: SQL;
  hasKey(key: string): SQL | undefined;
  hasArtifact(id: string): SQL | undefined;
  hasRun(id: string): SQL | undefined;
}

/** The smallest id of versions that may stand for events. */
export const oldestEvent = sql`
  coalesce((select w.id from ${eventWatermark} w order by w.id desc limit 1), ${sql.raw(`'${NIL}'::uuid`)})`;

/** Above it are only ids that are not made of the time of creation, as those of many imported versions. */
const newest = sql.raw(`(select id_at(now() + interval '1 day', '${NIL}'))`);

/** The versions that stand for the events of their creates, see `createdXid`; as migration 0027 inserts them. */
function createsIn(table: typeof artifact | typeof artifactTrash): Source {
  const isSingle = sql`${table.createdVersions} is null`;
  return {
    table,
    which: sql`${table.createdXid} is not null and ${table.id} >= ${oldestEvent} and ${table.id} < ${newest}`,
    values: {
      id: table.id,
      time: table.created,
      actorId: table.createdBy,
      service: table.createdService,
      flowRunId: sql`coalesce(${table.flowRunId}, ${table.createdRun})`,
      verb: sql`'artifact.create'`,
      key: table.key,
      artifactId: sql`case when ${isSingle} then ${table.id} end`,
      version: table.version,
      reason: table.reason,
      requestId: table.createdRequest,
      before: sql`null::jsonb`,
      after: sql`case when not (${isSingle}) then jsonb_build_object('versions', ${table.createdVersions}) end`,
    },
    // By the index artifact_key, in the order of ids.
    hasKey: (key) =>
      and(eq(table.key, key), table === artifact ? sql`coalesce(${table.key}, '~') = ${key}` : undefined),
    hasArtifact: (id) => and(eq(table.id, id), isSingle),
    // Each part by its index.
    hasRun: (id) => or(eq(table.flowRunId, id), and(isNull(table.flowRunId), eq(table.createdRun, id))),
  };
}

const SOURCES: Source[] = [
  {
    table: event,
    values: storedFields,
    hasKey: (key) => eq(event.key, key),
    hasArtifact: (id) => eq(event.artifactId, id),
    hasRun: (id) => eq(event.flowRunId, id),
  },
  createsIn(artifact),
  createsIn(artifactTrash),
];

type Condition = (source: Source) => SQL | undefined;

/** The events of a source under a condition. */
function rowsOf({ table, which, ...source }: Source, condition: SQL | undefined): SQL {
  const values: Record<string, SQL | Column> = source.values;
  const selected = Object.entries(storedFields).map(
    ([field, { name }]) => sql`${values[field]} as ${sql.identifier(name)}`,
  );
  const where = and(which, condition);
  return sql`select ${sql.join(selected, sql`, `)} from ${table} ${where && sql`where ${where}`}`;
}

/** In each source, rows have the order of their ids, which are made of the time of insertion or creation. */
const id = sql`id`;
const newestFirst: Order<Event> = { value: id, type: "uuid", id, descending: true, of: ({ id }) => id };

/** The first `limit` events from a position. */
function select(db: Database, condition: Condition, position: Position | null, limit: number, order = newestFirst) {
  const parts = SOURCES.map(
    (source) => sql`(${selectInOrder(order, position, limit, (from) => rowsOf(source, and(condition(source), from)))})`,
  );
  const all = new Subquery(sql.join(parts, sql` union all `), storedFields, getTableName(event));
  const isDescending = order.descending !== (position?.backward ?? false);
  return db
    .select(columns)
    .from(all)
    .leftJoin(actor, eq(actor.id, event.actorId))
    .orderBy(isDescending ? desc(event.id) : asc(event.id))
    .limit(limit)
    .$dynamic();
}

function matching(where: EventWhere = {}): Condition {
  const { verbs, actors, key, artifactId, flowRunId, service, requestId, after, before } = where;
  const equals = (value: SQL | Column, expected: string | null | undefined) =>
    expected == null ? undefined : sql`${value} = ${expected}`;
  return ({ values, hasKey, hasArtifact, hasRun }) =>
    and(
      verbs ? sql`${values.verb} = any(${texts(verbs)})` : undefined,
      actors ? sql`${values.actorId} = any(${uuids(actors)})` : undefined,
      key == null ? undefined : hasKey(key),
      artifactId == null ? undefined : hasArtifact(artifactId),
      flowRunId == null ? undefined : hasRun(flowRunId),
      equals(values.service, service),
      equals(values.requestId, requestId),
      after == null ? undefined : sql`${values.time} >= ${after}::timestamptz`,
      before == null ? undefined : sql`${values.time} <= ${before}::timestamptz`,
    );
}

/** The events that match, the newest first, by limit and offset. */
export async function list(db: Database, { where, limit, offset }: EventList): Promise<Event[]> {
  return select(db, matching(where), null, offset + limit)
    .limit(limit)
    .offset(offset);
}

/** The events that match, the newest first, a page at a time. BAD_REQUEST for a cursor of another query. */
export async function page(db: Database, input: EventPage): Promise<Page<Event>> {
  return readFrom(input, newestFirst, ["event", input.where ?? {}], (position) =>
    select(db, matching(input.where), position, input.limit + 1),
  );
}

/** The events of a key, those of the keys that it had before included, the newest first, a page at a time. */
export async function pageOfKey(db: Database, { key, ...input }: CollectionHistory): Promise<Page<Event>> {
  const names = await previousKeys(db, key);
  // A rename inserted the events of creates under former keys: versions that have them now are not of this one.
  const former = names.map((name) => and(eq(event.key, name.key), lte(event.time, name.until)));
  const which: Condition = ({ table, hasKey }) => (table === event ? or(hasKey(key), ...former) : hasKey(key));
  return readFrom(input, newestFirst, ["history", key], (position) => select(db, which, position, input.limit + 1));
}

/** How many events match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: EventCount): Promise<number> {
  const condition = matching(where);
  const bound = atMost === undefined ? sql`` : sql`limit ${atMost + 1}`;
  const parts = SOURCES.map((source) => sql`(${rowsOf(source, condition(source))} ${bound})`);
  const [result] = await db.execute(sql`
    select count(*)::int as count from (select from (${sql.join(parts, sql` union all `)}) event ${bound}) matching`);
  return Number(result?.count);
}

/** Everyone who ever wrote, by kind and name. */
export async function actors(db: Database): Promise<Actor[]> {
  return db.select({ id: actor.id, kind: actor.kind, name: actor.name }).from(actor).orderBy(actor.kind, actor.name);
}

/** So many events are read at once for an export. */
const BATCH = 1000;

/** Streams the events that match, the oldest first, of any number; those that are recorded meanwhile may be among them. */
export function stream(db: Database, where: EventWhere, caller: string): ReadableStream<Event> {
  const oldestFirst = { ...newestFirst, descending: false };
  return streamOf(async (emit) => {
    let position: Position | null = null;
    for (;;) {
      const from: Position | null = position;
      const rows: Event[] = await withSlot("long", caller, () => select(db, matching(where), from, BATCH, oldestFirst));
      for (const row of rows) await emit(row);
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) return;
      position = { backward: false, inclusive: false, value: last.id, id: last.id };
    }
  });
}
