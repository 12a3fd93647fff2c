import { createHash } from "node:crypto";
import { type Column, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { Page } from "#contract/query";

/** A total order of rows: a sort value, and the id as tie-break in the same direction. */
export interface Order<Row> {
  value: Column | SQL;
  type: "timestamptz" | "text" | "uuid";
  id: Column | SQL;
  descending: boolean;
  /** The row's own sort value, in a form that PostgreSQL reads back exactly. */
  of: (row: Row) => string;
}

/** A position in an order: after (or before) the row with this sort value and id, or at it if inclusive. */
interface Position {
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
  const position = positionOf(cursor, walk);
  const rows = await read(beyond(order, position), orderBy(order, position?.backward), limit + 1);
  return toPage(rows, limit, order, position, walk);
}

/** ORDER BY of an order; reversed for the page before a cursor. */
export function orderBy<Row>(order: Order<Row>, backward = false): SQL {
  const direction = order.descending !== backward ? sql.raw("desc") : sql.raw("asc");
  return order.value === order.id
    ? sql`${order.id} ${direction}`
    : sql`${order.value} ${direction}, ${order.id} ${direction}`;
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
    name === "equals" || (name === "any" && value) ? JSON.stringify(value) : (value ?? undefined);
  return createHash("sha256")
    .update(JSON.stringify([content, walk], present))
    .digest("base64url")
    .slice(0, 16);
}
