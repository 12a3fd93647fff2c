import { sql } from "drizzle-orm";
import type { Link } from "#contract/about";
import { termsOf } from "#contract/query/terms";
import type { SearchMatch, SearchReason, SearchReasons, SearchWhy } from "#contract/search";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { marksOf } from "#formats/search/marks";
import { type ParsedTerm, parseTerms } from "#formats/search/term";
import { MAX_MARKS, snippetOf, whyData } from "#formats/search/why";
import { nextTurn, Pace } from "#formats/steps";
import { loadStarts, STORED_DATA } from "./data/load";
import { DATA_SIZE } from "./query/data";
import { pastOf } from "./query/filtered";
import { treeOf } from "./query/language";
import { changedTexts } from "./query/past-text";
import { uuids } from "./query/where";
import { countUnsearched } from "./search/fill";

/** How many characters of data are read of one artifact, and how many bytes of all. */
const MAX_READ = { each: 256 * 1024, all: 4 * 1024 * 1024 };
/** For how many milliseconds data is read, and the shorter texts of all artifacts, short data among them. */
const TIME = { data: 200, texts: 1_000 };
/** How many characters are read without a pause. */
const PIECE = 16_384;

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
  const terms = parseTerms(termsOf(treeOf(query, "query")));
  const pending = await countUnsearched(db);
  if (terms.length === 0) return { reasons: [], pending };
  const rows = await db.execute<Row>(sql`
    select v.*, case when before < ${MAX_READ.all} then substr(${STORED_DATA}, 1, ${MAX_READ.each}) end as data ${LARGE_VALUES}
    from (
      select a.id, a.key, a.type, a.description, a.metadata::text as metadata, a.rows, b.title, b.description as about,
        b.links::text as links, coalesce(l.partial, s.partial) as partial,
        sum(least(a.bytes, ${MAX_READ.each})) over (order by n) - least(a.bytes, ${MAX_READ.each}) as before, n
      from unnest(${uuids(ids)}) with ordinality as requested (id, n)
        join (select *, ${DATA_SIZE} as bytes from artifact) a on a.id = requested.id
        left join collection_about b on b.key = a.key
        left join search_version s on s.artifact_id = a.id left join search_latest l on l.artifact_id = a.id) v
      join artifact_data d on d.artifact_id = v.id order by n`);
  const changed = new Map((await changedTexts(db)).versions.map(({ id, text }) => [id, text.partial]));
  const starts = await loadStarts(
    db,
    rows.map(({ data }) => data),
    MAX_READ.each,
  );
  const start = performance.now();
  const pace = new Pace(PIECE);
  const reasons: SearchReason[] = [];
  for (const [index, row] of rows.entries()) {
    const partial = changed.get(row.id) ?? row.partial ?? pastOf(db) !== null;
    reasons.push(await reasonOf({ ...row, data: starts[index] ?? null, partial }, terms, start, pace));
  }
  return { reasons, pending };
}

async function reasonOf(row: Row, terms: ParsedTerm[], start: number, pace: Pace): Promise<SearchReason> {
  const matches: SearchMatch[] = [];
  const add = async (from: SearchMatch["in"], text: string | null, isName: boolean) => {
    if (text === null) return;
    const marks = (await until(start + TIME.texts, marksOf(text, terms, isName, MAX_MARKS, pace))) ?? [];
    if (marks.length > 0) matches.push({ in: from, ...snippetOf(text, marks) });
  };
  await add("key", row.key, true);
  await add("title", row.title, true);
  await add("about", row.about, true);
  const links: Link[] = row.links === null ? [] : JSON.parse(row.links);
  for (const { url, text } of links) await add("about", text === null ? url : `${text} ${url}`, false);
  await add("description", row.description, true);
  const none = { type: null, rows: null };
  const inMetadata =
    row.metadata === null ? null : await until(start + TIME.texts, whyData(row.metadata, none, terms, pace));
  if (inMetadata) matches.push({ in: "metadata", ...inMetadata });
  const time = (row.data?.length ?? 0) > PIECE ? TIME.data : TIME.texts;
  const inData = row.data === null ? undefined : await until(start + time, whyData(row.data, row, terms, pace));
  if (inData) matches.push({ in: "data", ...inData });
  return { id: row.id, matches, partial: row.partial ?? false, read: inData !== undefined };
}

/** Runs a computation in its steps; undefined where it takes longer than until a time. */
async function until<T>(end: number, steps: Iterator<void, T>): Promise<T | undefined> {
  while (performance.now() < end) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
  return undefined;
}
