import { sql } from "drizzle-orm";
import type { Database } from "#db/postgres";
import type { Author } from "./author";
import { recordEvent } from "./event";
import { texts } from "./query/where";

/** How long an ended session is listed as a new one, in seconds. */
const RECENT = 30;

/**
 * Ends sessions.
 * @param expires when they would expire, in seconds since 1970
 * @returns the ID token of one that is a person's, if it has one
 */
export async function endSessions(
  db: Database,
  ids: readonly string[],
  expires: number,
  author: Author,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`
      insert into ended_session (id, expires) select id, to_timestamp(${expires}::float8) from unnest(${texts(ids)}) id
      on conflict do nothing`);
    const [ended] = await tx.execute<{ token: string | null }>(
      sql`delete from person_session where id = any(${texts(ids)}) returning id_token as token`,
    );
    await recordEvent(tx, author, { verb: "session.end" });
    return ended?.token ?? null;
  });
}

/** The sessions that were ended in the last 30 s, or all that would not have expired; `expires` in seconds since 1970. */
export async function listEnded(db: Database, all: boolean): Promise<{ id: string; expires: number }[]> {
  return db.execute<{ id: string; expires: number }>(sql`
    select id, extract(epoch from expires)::float8 as expires from ended_session
    where ${all ? sql`expires > clock_timestamp()` : sql`ended > clock_timestamp() - make_interval(secs => ${RECENT})`}`);
}

/**
 * Uses up an id, once for all processes.
 * @param expires until when it is kept, in seconds since 1970
 * @returns false where it was used before
 */
export async function useOnce(db: Database, id: string, expires: number): Promise<boolean> {
  const used = await db.execute(sql`
    insert into ended_session (id, expires) values (${id}, to_timestamp(${expires}::float8))
    on conflict do nothing returning id`);
  return used.length > 0;
}
