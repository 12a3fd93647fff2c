import { sql } from "drizzle-orm";
import type { Link } from "#contract/about";
import { FILE, isFileType } from "#contract/file-type";
import { byteLength } from "#contract/json";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { searchText, searchTextOfKey } from "#formats/search/text";
import { createPauses, inSteps, runToEnd, STEP } from "#formats/steps";
import { loadStart, STORED_DATA } from "../data/load";
import { texts, uuids } from "../query/where";

/** How many characters of data are read: their words are not always as long as what is kept of them. */
export const MAX_READ = 1024 * 1024;

/** A row of `search_version`. */
export interface VersionText {
  artifact_id: string;
  words: string;
  names: string | null;
  partial: boolean;
}

/** A row of `search_latest`. */
export interface LatestText extends VersionText {
  key: string;
  key_words: string;
  key_names: string;
}

export interface SearchRows {
  versions: VersionText[];
  latest: LatestText[];
}

interface Version extends Record<string, unknown> {
  id: string;
  key: string | null;
  type: string | null;
  description: string | null;
  metadata: string | null;
  rows: number | null;
  size: string;
  data: string | null;
}

interface Collection extends Record<string, unknown> {
  key: string;
  latest_id: string;
  title: string | null;
  description: string | null;
  links: string | null;
}

/**
 * The rows that the tables of search should have for some versions and keys; none for those that do not exist.
 * @param versionBytes up to which size the data of versions that are not the latest is searched
 */
export async function searchRows(
  db: Database,
  ids: readonly string[],
  keys: readonly string[],
  versionBytes: number,
): Promise<SearchRows> {
  const collections = await db.execute<Collection>(sql`
    select c.key, c.latest_id, b.title, b.description, b.links::text as links
    from artifact_collection c left join collection_about b on b.key = c.key
    where c.key = any(${texts(keys)}) and c.latest_id is not null`);
  const latestIds = collections.map(({ latest_id }) => latest_id);
  const versions = await db.execute<Version>(sql`
    select a.id, a.key, a.type, a.description, a.metadata::text as metadata, a.rows, a.size,
      case when a.size <= ${versionBytes} or a.type = 'file' or a.key is null or a.id = any(${uuids(latestIds)})
        then substr(${STORED_DATA}, 1, ${MAX_READ}) end as data ${LARGE_VALUES}
    from artifact a join artifact_data d on d.artifact_id = a.id where a.id = any(${uuids([...new Set([...ids, ...latestIds])])})`);
  const keyed = new Map(collections.map((each) => [each.latest_id, each]));
  const requested = new Set(ids);
  const pause = createPauses();
  const rows: SearchRows = { versions: [], latest: [] };
  for (const version of versions) {
    const isShort = version.key === null || version.type === FILE || Number(version.size) <= versionBytes;
    const collection = keyed.get(version.id);
    const data = version.data && (await loadStart(db, version.data, MAX_READ, version.id));
    const whole = collection || isShort ? await textOf(version, data) : null;
    if (requested.has(version.id)) {
      const text = isShort && whole ? whole : { ...(await textOf(version, null)), partial: true };
      rows.versions.push({ artifact_id: version.id, ...text });
    }
    if (collection && whole)
      rows.latest.push({ key: collection.key, artifact_id: version.id, ...whole, ...keyText(collection) });
    await pause(sizeOf(version, data) + (whole ? whole.words.length + (whole.names?.length ?? 0) : 0));
  }
  return rows;
}

function sizeOf({ description, metadata }: Version, data: string | null): number {
  return (description?.length ?? 0) + (metadata?.length ?? 0) + (data?.length ?? 0);
}

async function textOf(version: Version, data: string | null): Promise<Omit<VersionText, "artifact_id">> {
  const steps = searchText(version, data);
  const { words, names, partial } = sizeOf(version, data) > STEP / 4 ? await inSteps(steps) : runToEnd(steps);
  const size = isFileType(version.type) ? MAX_READ : Number(version.size);
  const isCut = data !== null && data.length >= MAX_READ / 2 && byteLength(data) < size;
  return { words, names: names === "" ? null : names, partial: partial || isCut };
}

function keyText({ links, ...key }: Collection): Pick<LatestText, "key_words" | "key_names"> {
  const linked: Link[] = links === null ? [] : JSON.parse(links);
  const { words, names } = searchTextOfKey({ ...key, links: linked });
  return { key_words: words, key_names: names };
}
