import { sql } from "drizzle-orm";
import { type Artifact, ArtifactList, ArtifactPage, type ArtifactSort } from "#contract/artifact";
import type { Database } from "#db/postgres";
import { walked } from "#server/models/page";
import { count, NOUNS, type Noun, searching } from "./calls";

/** How many places around the middle are asked for in turn, so that none is warmer than life. */
const PLACES = 10;

/** Asks for pages in the middle of a walk (each time another), and for its last one. */
export async function laterPages(db: Database, noun: Noun, sort: ArtifactSort) {
  const total = await count(db, noun, undefined);
  const middles = await Promise.all(
    Array.from({ length: PLACES }, (_, i) => cursorAt(db, noun, sort, Math.floor((total * (30 + 4 * i)) / 100))),
  );
  const last = await cursorAt(db, noun, sort, Math.max(0, total - 51));
  let turn = 0;
  const page = (cursor: string | undefined) =>
    NOUNS[noun].page(searching(db), ArtifactPage.parse({ sort, cursor }), JSON.parse);
  return { middle: () => page(middles[turn++ % PLACES]), last: () => page(last) };
}

/** The cursor after the row at an offset: made as a walk that came by there makes it, instead of walking for minutes. */
export async function cursorAt(db: Database, noun: Noun, sort: ArtifactSort, offset: number): Promise<string> {
  const [row] = await NOUNS[noun].list(db, ArtifactList.parse({ sort, offset, limit: 1 }), JSON.parse);
  if (!row) throw new Error("The volume is smaller than its count: fill it again.");
  const order = { value: sql``, id: sql``, type: "text", descending: true, of: () => placeOf(row, sort) } as const;
  const { next } = await walked({ limit: 1 }, order, [noun, sort, {}], async () => [row, row]);
  return next ?? "";
}

function placeOf(row: Artifact, sort: ArtifactSort): string {
  if (sort === "ID_DESC") return row.id;
  if (sort === "UPDATED_DESC") return row.updated;
  return sort.startsWith("KEY") ? (row.key ?? "~") : row.created;
}
