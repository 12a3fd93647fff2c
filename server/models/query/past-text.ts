import { and, type SQL, sql } from "drizzle-orm";
import type { Link } from "#contract/about";
import { AD_HOC } from "#db/ad-hoc";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { type ParsedTerm, termIsIn } from "#formats/search/term";
import { type SearchText, searchText, searchTextOfKey } from "#formats/search/text";
import { createPauses, inSteps } from "#formats/steps";
import { loadStarts, STORED_DATA } from "../data/load";
import { DATA_SIZE } from "./data";
import { pastOf } from "./filtered";
import type { FindText, TextTarget } from "./text";
import { uuids } from "./where";

/**
 * How many versions that were changed or deleted since are read, the newest, and so many characters of the data of each and
 * bytes of all: what search has is of now.
 */
const MAX_CHANGED = { versions: 2_000, data: 256 * 1024, bytes: 8 * 1024 * 1024 };
/** How many of them are looked for, the newest. */
const MAX_LISTED = 12_000;

interface Row extends Record<string, unknown> {
  id: string;
  key: string | null;
  type: string | null;
  description: string | null;
  metadata: string | null;
  rows: number | null;
  data: string | null;
  isWhole: boolean;
  title: string | null;
  about: string | null;
  links: string | null;
}

/** Versions that existed at a timestamp, and were changed or deleted since. */
interface ChangedTexts {
  versions: { id: string; text: SearchText; ofKey: SearchText | null }[];
  /** How many there are beyond these, which are found by what search has of them now. */
  others: number;
}

const known = new WeakMap<Database, Promise<ChangedTexts>>();

/** What versions that were changed or deleted since had then; read once in a request. */
export function changedTexts(db: Database): Promise<ChangedTexts> {
  const texts = known.get(db) ?? readTexts(db);
  known.set(db, texts);
  return texts;
}

async function readTexts(db: Database): Promise<ChangedTexts> {
  if (pastOf(db) === null) return { versions: [], others: 0 };
  const changed = await db.execute<{ id: string }>(sql`
    select id from changed_version order by id desc limit ${MAX_LISTED} ${sql.raw(AD_HOC)}`);
  if (changed.length === 0) return { versions: [], others: 0 };
  const isChanged = sql`id = any(${uuids(changed.map(({ id }) => id))})`;
  const rows = await db.execute<Row>(sql`
    select v.id, v.key, v.type, v.description, v.metadata::text as metadata, v.rows,
      case when v.before < ${MAX_CHANGED.bytes} then substr(${STORED_DATA}, 1, ${MAX_CHANGED.data}) end as data,
      v.before < ${MAX_CHANGED.bytes} and coalesce(octet_length(d.data::text), d.size) <= ${MAX_CHANGED.data} as "isWhole",
      b.title, b.description as about, b.links::text as links ${LARGE_VALUES}
    from (
      select a.*, coalesce(sum(least(a.bytes, ${MAX_CHANGED.data}) + 1024) over (order by a.id desc
        rows between unbounded preceding and 1 preceding), 0) as before
      from (select *, ${DATA_SIZE} as bytes from artifact
        where ${isChanged} order by id desc limit ${MAX_CHANGED.versions}) a) v
    left join (select artifact_id, data, blob_sha256, (select size from blob where sha256 = blob_sha256) as size
      from artifact_data where artifact_${isChanged}) d on d.artifact_id = v.id
    left join collection_about b on b.key = v.key
    ${sql.raw(AD_HOC)}`);
  const pause = createPauses();
  const versions: ChangedTexts["versions"] = [];
  const starts = await loadStarts(
    db,
    rows.map(({ data }) => data),
    MAX_CHANGED.data,
  );
  for (const [index, row] of rows.entries()) {
    const data = starts[index] ?? null;
    const text = await inSteps(searchText(row, data));
    const { id, key, title, about: description } = row;
    const links: Link[] = row.links === null ? [] : JSON.parse(row.links);
    const ofKey = key === null ? null : searchTextOfKey({ key, title, description, links });
    versions.push({ id, text: { ...text, partial: text.partial || data === null || !row.isWhole }, ofKey });
    await pause(text.words.length);
  }
  return { versions, others: rows.length < MAX_CHANGED.versions ? 0 : await countOthers(db, isChanged) };
}

async function countOthers(db: Database, isChanged: SQL): Promise<number> {
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from artifact where ${isChanged} ${sql.raw(AD_HOC)}`,
  );
  return Math.max(0, (row?.count ?? 0) - MAX_CHANGED.versions);
}

/** What search has now of versions that are as they were then, and of the others what they had; in the present all of it. */
export function textThen(db: Database, { id }: TextTarget, now: FindText): FindText {
  if (pastOf(db) === null) return now;
  return async (terms, without) => {
    const { versions } = await changedTexts(db);
    const found = await now(terms, without);
    if (versions.length === 0) return found;
    const has = (term: ParsedTerm) => (each: (typeof versions)[number]) =>
      termIsIn(term, each.text) || (each.ofKey !== null && termIsIn(term, each.ofKey));
    const matching = versions
      .filter((each) => terms.every((term) => has(term)(each)) && !without.some((term) => has(term)(each)))
      .map((each) => each.id);
    const changed = sql`${id} = any(${uuids(versions.map((each) => each.id))})`;
    const among = found.among && {
      ids: [...found.among.ids, ...matching],
      keys: found.among.keys,
      rows: found.among.rows + matching.length,
    };
    const condition = sql`(${id} = any(${uuids(matching)}) or (${and(sql`not ${changed}`, found.condition)}))`;
    return { condition, among };
  };
}
