import { or, type SQL, sql } from "drizzle-orm";
import type { TagsCondition } from "#contract/filter";
import { MAX_LIST, MAX_TAGS } from "#contract/limits";
import type { Database } from "#db/postgres";
import { artifact, collectionAbout } from "#db/schema";
import { combine, texts } from "./where";

/** Keys that have any of some tags, with all of their tags; null where there are many. */
async function taggedKeys(db: Database, tags: string[] | null): Promise<{ key: string; tags: string[] }[] | null> {
  if (tags?.length === 0) return [];
  const which = tags ? sql`tags && ${texts(tags)}` : sql`tags is not null`;
  const rows = await db.execute<{ key: string; tags: string[] }>(sql`
    select key, tags from ${collectionAbout} where ${which} limit ${MAX_LIST + 1}`);
  return rows.length > MAX_LIST ? null : rows;
}

/**
 * The condition on the tags of a version and its key, on rows of `artifact`. The keys with these tags are found first, as
 * there are mostly few: then indexes have the versions, of one list of keys and of the tags of versions.
 */
export async function tagsMatch(db: Database, condition: TagsCondition | null | undefined): Promise<SQL | undefined> {
  const { operator, all, any, notAny, isNull } = condition ?? {};
  const named = [...(all ?? []), ...(any ?? []), ...(notAny ?? [])];
  if (!condition || (named.length === 0 && any == null && isNull == null)) return undefined;
  const keys = await taggedKeys(db, isNull == null ? named : null);
  const has = (tags: string[]) => {
    const ofKeys = keys?.filter((row) => row.tags.some((tag) => tags.includes(tag))).map(({ key }) => key);
    return or(sql`${artifact.tags} && ${texts(tags)}`, keyIsOneOf(ofKeys, sql`tags && ${texts(tags)}`));
  };
  const isTagged = or(
    sql`${artifact.tags} is not null`,
    keyIsOneOf(
      keys?.map(({ key }) => key),
      sql`tags is not null`,
    ),
  );
  const hasNot = (tagged: SQL | undefined) => sql`not coalesce(${tagged}, false)`;
  // A version and its key have at most so many together.
  const tooMany = new Set(all).size > 2 * MAX_TAGS;
  return combine(operator, [
    all?.length
      ? tooMany
        ? sql`false`
        : combine(
            "and",
            all.map((tag) => has([tag])),
          )
      : undefined,
    any ? (any.length > 0 ? has(any) : sql`false`) : undefined,
    notAny?.length ? hasNot(has(notAny)) : undefined,
    isNull == null ? undefined : isNull ? hasNot(isTagged) : isTagged,
  ]);
}

/** `keys` is null or undefined where they are many: those of `collection_about` that match `which`. */
function keyIsOneOf(keys: string[] | undefined, which: SQL): SQL | undefined {
  if (!keys) return sql`${artifact.key} in (select key from ${collectionAbout} where ${which})`;
  return keys.length > 0 ? sql`${artifact.key} = any(${texts(keys)})` : undefined;
}
