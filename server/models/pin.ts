import { type Column, inArray, type SQL, sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import { reachesKey } from "#contract/key-patterns";
import { MAX_PINS, type Pin, type Unpinned } from "#contract/pin";
import type { Database } from "#db/postgres";
import { pin, timestampText } from "#db/schema";
import { type Author, holdPerson, LOCAL } from "./author";
import { lockExisting } from "./lock-keys";
import { texts } from "./query/where";
import { noVersionsError } from "./rename";

/** The actors whose pins someone has: their own, and those of the instance. */
function pinners(author: Author): string[] {
  return [...new Set([author.actor.id, LOCAL.actor.id])];
}

/** Whether a key is among those that someone has pinned, or is not. */
export function isPinned(key: Column, pinned: boolean, author: Author): SQL {
  const keys = sql`array(select ${pin.key} from ${pin} where ${inArray(pin.actorId, pinners(author))})`;
  return pinned ? sql`${key} = any(${keys})` : sql`${key} <> all(${keys})`;
}

/** What someone has pinned, by key; of keys whose versions are all deleted too. */
export async function listPins(db: Database, author: Author): Promise<Pin[]> {
  const rows = await db.execute<{ key: string; created: string; shared: boolean }>(sql`
    select key, max(created)::text as created, bool_or(actor_id = ${LOCAL.actor.id}::uuid) as shared
    from ${pin} where ${inArray(pin.actorId, pinners(author))} group by key order by key`);
  return rows.map(({ created, ...row }) => ({ ...row, created: timestampText(created) }));
}

/**
 * Pins a key for an author; one that is pinned stays so.
 * @throws VitrineError NOT_FOUND for a key without versions; CONFLICT for more than 100; UNAUTHORIZED where the person was
 * deleted meanwhile
 */
export async function pinKey(db: Database, { key }: { key: string }, author: Author): Promise<Pin> {
  const { id } = author.actor;
  return db.transaction(async (tx) => {
    await holdPerson(tx, author);
    // One pin of an actor at a time, so that they are counted.
    await tx.execute(sql`select from actor where id = ${id}::uuid for no key update`);
    const locked = await lockExisting(tx, [key]);
    const [state] = await tx.execute<{ pins: string; found: boolean }>(sql`
      select (select count(*) from pin p where p.actor_id = ${id}::uuid and p.key <> ${key}) as pins,
        exists (select from artifact_collection c where c.key = any(${texts(locked)}) and c.live > 0) as found`);
    if (!state?.found) throw await noVersionsError(tx, key, author);
    const pinned = (await listPins(tx, author)).find((each) => each.key === key);
    if (pinned) return pinned;
    if (Number(state.pins) >= MAX_PINS) {
      const message = `${MAX_PINS} keys are pinned already, the most that can be: unpin another one first.`;
      throw new VitrineError("CONFLICT", message, { field: "key", key });
    }
    const [row] = await tx
      .insert(pin)
      .values({ actorId: id, key, created: sql`clock_timestamp()` })
      .returning({ created: pin.created });
    if (!row) throw new Error("an insert returns its row");
    return { key, created: row.created, shared: id === LOCAL.actor.id };
  });
}

/**
 * Unpins a key; for everyone where everyone has it pinned.
 * @throws VitrineError FORBIDDEN for what everyone has pinned, without the role admin
 */
export async function unpinKey(db: Database, { key }: { key: string }, author: Author): Promise<Unpinned> {
  // As for a key that does not exist.
  if (!reachesKey(author.keys, key)) return { key };
  const mayUnpin = author.actor.kind === "local" || author.isAdmin ? pinners(author) : [author.actor.id];
  return db.transaction(async (tx) => {
    await tx.execute(sql`delete from pin p where p.key = ${key} and ${inArray(sql`p.actor_id`, mayUnpin)}`);
    const [shared] = await tx.execute(
      sql`select from pin p where p.key = ${key} and p.actor_id = ${LOCAL.actor.id}::uuid`,
    );
    if (!shared) return { key };
    throw new VitrineError("FORBIDDEN", `Key "${key}" is pinned for everyone; only the role "admin" can unpin it.`, {
      key,
    });
  });
}
