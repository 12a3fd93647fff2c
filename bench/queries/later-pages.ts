import { sql } from "drizzle-orm";
import type { Artifact, CollectionSort } from "#contract/artifact";
import type { Database } from "#db/postgres";
import { readPage } from "#server/models/query/page";
import { count, list, type Noun, pageOf } from "./calls";

/** Number of positions around the middle that are read in turn, so that no single one stays in the cache. */
const POSITIONS = 10;

/** Reads pages from the middle of the result (each time another one), and the last page. */
export async function laterPages(db: Database, noun: Noun, sort: CollectionSort) {
  const total = await count(db, noun, undefined);
  const cursors = await Promise.all(
    Array.from({ length: POSITIONS }, (_, i) => cursorAt(db, noun, sort, Math.floor((total * (30 + 4 * i)) / 100))),
  );
  const last = await cursorAt(db, noun, sort, Math.max(0, total - 51));
  let index = 0;
  const page = (cursor: string) => pageOf(db, noun, { sort, cursor });
  return { middle: () => page(cursors[index++ % POSITIONS] ?? ""), last: () => page(last) };
}

/** The cursor after the row at an offset, built directly instead of paging to it for minutes. */
export async function cursorAt(db: Database, noun: Noun, sort: CollectionSort, offset: number): Promise<string> {
  const [row] = await list(db, noun, undefined, sort, { offset, limit: 1 });
  if (!row) throw new Error("The database has fewer rows than its count; delete .bench/ to fill it again.");
  const order = { value: sql``, id: sql``, type: "text", descending: true, of: () => sortValue(row, sort) } as const;
  const { next } = await readPage({ limit: 1 }, order, [noun, sort, {}], async () => [row, row]);
  return next ?? "";
}

function sortValue(row: Artifact<unknown> & { versions?: number }, sort: CollectionSort): string {
  const field = sort.toLowerCase().replace(/_(?:asc|desc)$/, "");
  const values: Record<string, unknown> = { ...row, key: row.key ?? "~" };
  return String(values[field] ?? "");
}
