import { sql } from "drizzle-orm";
import type { DataCheck, Violation } from "#contract/admin";
import type { Database } from "#db/postgres";
import { texts, uuids } from "../query/where";
import { type LatestText, MAX_READ, searchRows, type VersionText } from "./rows";

/** How many versions are checked at once, with so many bytes of data in total unless it is that of one version. */
const BATCH = { versions: 1_000, bytes: 16 * 1024 * 1024 };

interface Problem extends Violation {
  /** What has to be made again. */
  pending: { artifact_id: string | null; key: string | null };
}

/**
 * Checks that search finds the next versions, by id, and their keys by what they have now; after the last of them also that it
 * finds none that do not exist. What is pending is not checked.
 * @param versionBytes up to which size the data of versions that are not the latest is searched
 * @param repair whether what is wrong is made again, by the job of the server, soon
 */
export async function checkSearch(
  db: Database,
  { after }: { after?: string | undefined },
  versionBytes: number,
  repair: boolean,
): Promise<DataCheck> {
  return db.transaction(
    async (tx) => {
      const checked = await tx.execute<{ id: string; key: string | null; latest: string | null }>(sql`
        with next as (select id, key, size from artifact ${after === undefined ? sql`` : sql`where id > ${after}::uuid`}
          order by id limit ${BATCH.versions}),
        sized as (select *, sum(least(size, ${MAX_READ})) over (order by id rows between unbounded preceding and 1 preceding)
          as before from next)
        select v.id, v.key, c.key as latest from sized v left join artifact_collection c on c.latest_id = v.id
        where coalesce(v.before, 0) < ${BATCH.bytes} order by v.id`);
      const problems = checked.length > 0 ? await ofVersions(tx, checked, versionBytes) : await ofOthers(tx);
      if (repair && problems.length > 0) await note(tx, problems);
      return {
        violations: problems.map(({ pending, ...violation }) => violation),
        checked: checked.length,
        next: checked.at(-1)?.id ?? null,
      };
    },
    // What is pending is that of the rows that are compared.
    { isolationLevel: "repeatable read" },
  );
}

async function ofVersions(
  tx: Database,
  checked: readonly { id: string; key: string | null; latest: string | null }[],
  versionBytes: number,
): Promise<Problem[]> {
  const ids = checked.map(({ id }) => id);
  const keys = checked.flatMap(({ latest }) => latest ?? []);
  const pending = await tx.execute<{ artifact_id: string | null; key: string | null }>(sql`
    select artifact_id, key from search_pending where artifact_id = any(${uuids(ids)}) or key = any(${texts(keys)})`);
  const changing = new Set(pending.flatMap(({ artifact_id, key }) => [artifact_id, key]));
  const expected = await searchRows(tx, ids, keys, versionBytes);
  const versions = await tx.execute<VersionText & Record<string, unknown>>(sql`
    select artifact_id, words, names, partial from search_version where artifact_id = any(${uuids(ids)})`);
  const latest = await tx.execute<LatestText & Record<string, unknown>>(sql`
    select key, artifact_id, words, names, partial, key_words, key_names from search_latest where key = any(${texts(keys)})`);
  const nameOf = new Map(checked.map(({ id, key }) => [id, key ?? id]));
  const stored = new Map<string, unknown>([
    ...versions.map((row): [string, unknown] => [row.artifact_id, row]),
    ...latest.map((row): [string, unknown] => [row.key, row]),
  ]);
  return [
    ...expected.versions
      .filter((row) => !changing.has(row.artifact_id) && !isSame(row, stored.get(row.artifact_id)))
      .map(({ artifact_id }) => ({
        law: 14 as const,
        key: nameOf.get(artifact_id) ?? artifact_id,
        problem: "search finds a version by what it does not have",
        pending: { artifact_id, key: null },
      })),
    ...expected.latest
      .filter((row) => !changing.has(row.key) && !isSame(row, stored.get(row.key)))
      .map(({ key }) => ({
        law: 14 as const,
        key,
        problem: "search finds a key by what it does not have",
        pending: { artifact_id: null, key },
      })),
  ];
}

function isSame(expected: VersionText | LatestText, stored: unknown): boolean {
  const actual = Object(stored);
  return Object.entries(expected).every(([column, value]) => actual[column] === value);
}

async function ofOthers(tx: Database): Promise<Problem[]> {
  const rows = await tx.execute<{ artifact_id: string | null; key: string | null }>(sql`
    select artifact_id, null as key from search_version v
    where not exists (select from artifact a where a.id = v.artifact_id)
      and not exists (select from search_pending p where p.artifact_id = v.artifact_id)
    union all select null, key from search_latest l
    where not exists (select from artifact_collection c where c.key = l.key and c.latest_id is not null)
      and not exists (select from search_pending p where p.key = l.key)`);
  return rows.map((pending) => ({
    law: 14 as const,
    key: pending.key ?? pending.artifact_id ?? "",
    problem: "search has what does not exist",
    pending,
  }));
}

async function note(tx: Database, problems: Problem[]): Promise<void> {
  await tx.execute(sql`insert into search_pending (artifact_id, key)
    select artifact_id, key from json_to_recordset(${JSON.stringify(problems.map(({ pending }) => pending))}::json)
      as problem (artifact_id uuid, key text)`);
}
