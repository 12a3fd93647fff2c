import { sql } from "drizzle-orm";
import type { Link } from "#contract/about";
import type { SearchMatch, SearchReason, SearchReasons, SearchWhy } from "#contract/search";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { marksOf } from "#formats/search/marks";
import { type ParsedTerm, parseTerm } from "#formats/search/term";
import { MAX_MARKS, snippetOf, whyData } from "#formats/search/why";
import { inSteps } from "#formats/steps";
import { termsOf, treeOf } from "./query/language";
import { uuids } from "./query/where";
import { countPending } from "./search/fill";

/** How many characters of data are read of one artifact, how many bytes of all, and for how many milliseconds. */
const MAX_READ = { each: 256 * 1024, all: 4 * 1024 * 1024, time: 200 };

interface Row extends Record<string, unknown> {
  id: string;
  key: string | null;
  type: string | null;
  description: string | null;
  metadata: string | null;
  rows: number | null;
  title: string | null;
  about: string | null;
  links: string | null;
  partial: boolean | null;
  data: string | null;
}

/** Where artifacts have the free text of a query; ids that do not exist are left out. Conditions have no matches. BAD_REQUEST for a query with an error. */
export async function why(db: Database, { query, ids }: SearchWhy): Promise<SearchReasons> {
  const terms = termsOf(treeOf(query, "query")).map(parseTerm);
  const pending = await countPending(db);
  if (terms.length === 0) return { reasons: [], pending };
  const rows = await db.execute<Row>(sql`
    select v.*, case when before < ${MAX_READ.all} then substr(d.data::text, 1, ${MAX_READ.each}) end as data ${LARGE_VALUES}
    from (
      select a.id, a.key, a.type, a.description, a.metadata::text as metadata, a.rows, b.title, b.description as about,
        b.links::text as links, coalesce(l.partial, s.partial) as partial,
        sum(least(a.size, ${MAX_READ.each})) over (order by n) - least(a.size, ${MAX_READ.each}) as before, n
      from unnest(${uuids(ids)}) with ordinality as requested (id, n) join artifact a on a.id = requested.id
        left join collection_about b on b.key = a.key
        left join search_version s on s.artifact_id = a.id left join search_latest l on l.artifact_id = a.id) v
      join artifact_data d on d.artifact_id = v.id order by n`);
  const end = performance.now() + MAX_READ.time;
  const reasons: SearchReason[] = [];
  for (const row of rows) reasons.push(await reasonOf(row, terms, end));
  return { reasons, pending };
}

async function reasonOf(row: Row, terms: ParsedTerm[], end: number): Promise<SearchReason> {
  const matches: SearchMatch[] = [];
  const add = (from: SearchMatch["in"], text: string | null, isName: boolean) => {
    const marks = text === null ? [] : marksOf(text, terms, isName, MAX_MARKS);
    if (text !== null && marks.length > 0) matches.push({ in: from, ...snippetOf(text, marks) });
  };
  add("key", row.key, true);
  add("title", row.title, true);
  add("about", row.about, true);
  const links: Link[] = row.links === null ? [] : JSON.parse(row.links);
  for (const { url, text } of links) add("about", text === null ? url : `${text} ${url}`, false);
  add("description", row.description, true);
  const none = { type: null, rows: null };
  const inMetadata = row.metadata === null ? null : await inSteps(whyData(row.metadata, none, terms));
  if (inMetadata) matches.push({ in: "metadata", ...inMetadata });
  const read = row.data !== null && performance.now() < end;
  const inData = read && row.data !== null ? await inSteps(whyData(row.data, row, terms)) : null;
  if (inData) matches.push({ in: "data", ...inData });
  return { id: row.id, matches, partial: row.partial ?? false, read };
}
