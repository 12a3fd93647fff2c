import { createHash } from "node:crypto";
import { and, type Column, eq, type Placeholder, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { Page } from "#contract/paging";

/** A total order of rows: a sort value, and the id as tie-break in the same direction. */
export interface Order<Row> {
  value: Column | SQL;
  type: "timestamptz" | "text" | "uuid" | "bigint" | "float8";
  id: Column | SQL;
  descending: boolean;
  /** The row's own sort value, in a form that PostgreSQL reads back exactly. */
  of: (row: Row) => string;
  /** Where values may be null: the column of a result that has them. `of` is then empty, and such rows come last. */
  nullable?: "number" | "rows" | "type";
  /** Where no index has the values. */
  changed?: Changed;
}

/** Values that are those of another column until rows are changed; a table has the rows that were, in their order. */
export interface Changed {
  /** The column of a result that has the values. */
  name: "updated";
  unchanged: Column;
  table: PgTable;
  value: Column;
  id: Column;
}

/** Selects the rows under a condition, with the columns `id` and, where the order names one, that of its values. */
export type SelectRows = (which: SQL | undefined, join?: Join) => SQLWrapper;

/** The rows of a table that a select is joined with. */
export interface Join {
  table: PgTable;
  on: SQL;
}

/** A position in an order: after (or before) the row with this sort value and id, or at it if inclusive. */
export interface Position {
  backward: boolean;
  inclusive: boolean;
  value: string;
  id: string;
}

const VERSION = "1";
const DIRECTIONS = ["after", "before", "from", "until"] as const;
const CursorParts = z.tuple([z.literal(VERSION), z.enum(DIRECTIONS), z.base64url(), z.guid(), z.string()]);

/**
 * Reads one page of a query. `walk` identifies the query that its cursors belong to (noun, sort, filter); `read` returns
 * rows beyond a position, in an order. BAD_REQUEST for an altered cursor, or one of another query.
 */
export async function readPage<Row extends { id: string }>(
  { cursor, limit }: { cursor?: string | null; limit: number },
  order: Order<Row>,
  walk: unknown,
  read: (from: SQL | undefined, by: SQL, limit: number) => Promise<Row[]>,
): Promise<Page<Row>> {
  return readFrom({ cursor, limit }, order, walk, (position) =>
    read(beyond(order, position), indexOrder(order, position?.backward), limit + 1),
  );
}

/** As `readPage`, with a `read` that selects the first `limit` + 1 rows from a position by `selectInOrder`. */
export async function readFrom<Row extends { id: string }>(
  { cursor, limit }: { cursor?: string | null | undefined; limit: number },
  order: Order<Row>,
  walk: unknown,
  read: (position: Position | null) => Promise<Row[]>,
): Promise<Page<Row>> {
  const position = positionOf(cursor, walk);
  return toPage(await read(position), limit, order, position, walk);
}

/** ORDER BY of an order. */
export function orderBy<Row>(order: Order<Row>): SQL {
  if (order.nullable === undefined) return indexOrder(order);
  const direction = directionOf(order);
  return sql`${order.value} ${direction} nulls last, ${order.id} ${direction}`;
}

function directionOf<Row>(order: Order<Row>, backward = false): SQL {
  return order.descending !== backward ? sql.raw("desc") : sql.raw("asc");
}

/** ORDER BY as an ascending index is read, nulls as the greatest values; reversed for the page before a cursor. */
export function indexOrder<Row>(order: Order<Row>, backward = false): SQL {
  const direction = directionOf(order, backward);
  return order.value === order.id
    ? sql`${order.id} ${direction}`
    : sql`${order.value} ${direction}, ${order.id} ${direction}`;
}

/**
 * Selects the first rows of an order from a position. An index has nulls at one end, but they are last in both
 * directions: rows with and without a value are selected apart, each by the index, as are rows that were changed or not.
 */
export function selectInOrder<Row>(
  order: Order<Row>,
  position: Position | null,
  limit: SQLWrapper | Placeholder | number,
  select: SelectRows,
): SQL {
  const { nullable, changed, value, id } = order;
  const { backward = false } = position ?? {};
  const direction = directionOf(order, backward);
  const part = (from: SQL | undefined, by = order, join?: Join) =>
    sql`${select(from, join)} order by ${indexOrder(by, backward)} limit ${limit}`;
  if (changed) {
    const unchanged = { ...order, value: changed.unchanged };
    const moved = { ...order, value: changed.value, id: changed.id };
    const join = { table: changed.table, on: eq(changed.id, id) };
    // PostgreSQL expects half of the rows for this, but next to none for an equality of columns.
    const isUnchanged = sql`case when ${value} = ${changed.unchanged} then true else false end`;
    return sql`select * from (
      (${part(and(isUnchanged, beyond(unchanged, position)), unchanged)})
      union all (${part(beyond(moved, position), moved, join)})) parts
      order by ${sql.identifier(changed.name)} ${direction}, id ${direction} limit ${limit}`;
  }
  if (nullable === undefined) return part(beyond(order, position));
  const isNull = sql`${value} is null`;
  const atNull = position?.value === "";
  const values = part(position && !atNull ? beyond(order, position) : sql`${value} is not null`);
  if (backward && !atNull) return values;
  const nulls = part(atNull ? and(isNull, beyond({ ...order, value: id }, position)) : isNull);
  if (!backward && atNull) return nulls;
  const nullsAt = sql.raw(backward ? "first" : "last");
  return sql`select * from ((${values}) union all (${nulls})) parts
    order by ${sql.identifier(nullable)} ${direction} nulls ${nullsAt}, id ${direction} limit ${limit}`;
}

/** The column of a result that has the values of an order, where one is required. */
export function valueName<Row>({ nullable, changed }: Order<Row>) {
  return nullable ?? changed?.name;
}

/** The rows beyond a position, as one row comparison that an index can start at. */
function beyond<Row>(order: Order<Row>, position: Position | null): SQL | undefined {
  if (!position) return undefined;
  const than = sql.raw((order.descending !== position.backward ? "<" : ">") + (position.inclusive ? "=" : ""));
  if (order.value === order.id) return sql`${order.id} ${than} ${position.id}::uuid`;
  const type = sql.raw(order.type);
  return sql`(${order.value}, ${order.id}) ${than} (${position.value}::${type}, ${position.id}::uuid)`;
}

/**
 * Decodes a cursor; null without one. BAD_REQUEST for an altered cursor, or one of another query.
 */
function positionOf(cursor: string | null | undefined, walk: unknown): Position | null {
  if (cursor == null) return null;
  const { data } = CursorParts.safeParse(cursor.split("."));
  if (!data || data[4] !== signatureOf(data.slice(0, 4), walk)) {
    throw new VitrineError("BAD_REQUEST", "The cursor belongs to another query; start again without one.", {
      field: "cursor",
    });
  }
  const [, direction, value, id] = data;
  return {
    backward: direction === "before" || direction === "until",
    inclusive: direction === "from" || direction === "until",
    value: Buffer.from(value, "base64url").toString(),
    id,
  };
}

/** Makes a page of `limit + 1` rows read from a position, with the cursors of its neighbours. */
function toPage<Row extends { id: string }>(
  rows: Row[],
  limit: number,
  order: Order<Row>,
  position: Position | null,
  walk: unknown,
): Page<Row> {
  const more = rows.length > limit;
  const items = rows.slice(0, limit);
  if (position?.backward) items.reverse();
  const cursorAt = (row: Row | undefined, backward: boolean) => {
    if (row) return cursorOf({ backward, inclusive: false, value: order.of(row), id: row.id }, walk);
    // An empty page links back to where it came from, including that row.
    return cursorOf(position && { ...position, backward, inclusive: !position.inclusive }, walk);
  };
  return {
    items,
    next: position?.backward || more ? cursorAt(items.at(-1), false) : null,
    previous: (position && !position.backward) || (position?.backward && more) ? cursorAt(items[0], true) : null,
  };
}

function cursorOf(position: Position | null, walk: unknown): string | null {
  if (!position) return null;
  const value = Buffer.from(position.value).toString("base64url");
  const direction = DIRECTIONS[(position.inclusive ? 2 : 0) + (position.backward ? 1 : 0)] ?? "";
  const content = [VERSION, direction, value, position.id];
  return [...content, signatureOf(content, walk)].join(".");
}

function signatureOf(content: string[], walk: unknown): string {
  // Null counts as absent, except in a JSON value to compare with.
  const present = (name: string, value: unknown) =>
    name === "equals" || ((name === "any" || name === "notAny") && value)
      ? JSON.stringify(value)
      : (value ?? undefined);
  return createHash("sha256")
    .update(JSON.stringify([content, walk], present))
    .digest("base64url")
    .slice(0, 16);
}
