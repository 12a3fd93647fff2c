import { sql } from "drizzle-orm";
import type { ArtifactCreate } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import { ruleSentence } from "#contract/rules/broken-rule";
import type { Database } from "#db/postgres";
import { artifactCollection, timestampText } from "#db/schema";
import { texts } from "./query/where";

/** The last version that a key ever had, read under the key's lock; number 0 of 1970 where it had none. */
export interface LastVersion {
  version: number;
  created: string;
}

/** Locks keys in sorted order until the transaction ends; a new key gets a collection row without versions. */
export async function lockKeys(tx: Database, keys: (string | null | undefined)[]): Promise<Map<string, LastVersion>> {
  const sorted = [...new Set(keys)].filter((key) => key != null).sort();
  if (sorted.length === 0) return new Map();
  const locked = await tx.execute<{ key: string; version: string; created: string }>(sql`
    insert into ${artifactCollection} as c (key, id, last_version, last_created, live)
    select key, gen_random_uuid(), 0, 'epoch', 0 from unnest(${texts(sorted)}) key
    order by key collate "C" on conflict (key) do update set last_version = c.last_version
    returning c.key, c.last_version as version, c.last_created as created`);
  return new Map(
    locked.map(({ key, version, created }) => [key, { version: Number(version), created: timestampText(created) }]),
  );
}

/**
 * Locks those of keys that exist, until the transaction ends, and returns them. A key that was renamed while this waited is
 * not locked, even if another key has its name since.
 */
export async function lockExisting(tx: Database, keys: string[]): Promise<string[]> {
  const [row] = await tx.execute<{ locked: string[] }>(sql`select artifact_lock_existing(${texts(keys)}) as locked`);
  return row?.locked ?? [];
}

/** Why the `created` of an item, the key of which is locked, is rejected. */
export async function boundError(
  tx: Database,
  { key, created }: Pick<ArtifactCreate, "key" | "created">,
  field: string,
): Promise<VitrineError> {
  const [bounds] = await tx.execute<{ last: string | null; now: string }>(sql`
    select clock_timestamp() as now, (
      select last_created from artifact_collection where key = ${key ?? null} and last_created > ${created}::timestamptz
    ) as last`);
  const { last = null, now = "" } = bounds ?? {};
  const rule =
    last === null
      ? `must not be after ${timestampText(now)}, the present by the clock of the database`
      : `must not be before ${timestampText(last)}, when the last version of its key was created`;
  return new VitrineError("BAD_REQUEST", ruleSentence({ field, rule }), { field });
}
