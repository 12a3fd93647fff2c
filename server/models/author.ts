import { sql } from "drizzle-orm";
import { v5 } from "uuid";
import { VitrineError } from "#contract/error";
import type { ActorKind } from "#contract/event";
import type { Database, Pools } from "#db/postgres";
import { actor } from "#db/schema";

/** Who writes, from where it is known: the request guard, or the server itself. */
export interface Author {
  actor: { id: string; kind: ActorKind; name: string };
  /** What the caller claims to be. */
  service: string | null;
  /** The flow run that the caller claims to be. */
  flowRunId: string | null;
  requestId: string | null;
  /** False for the role read, which changes what is its own alone. */
  mayWrite?: boolean;
  /** Whether protected labels may be moved. */
  isAdmin?: boolean;
  /** The keys that the author reaches, see `KeyPatterns`; null or absent: everything. */
  keys?: string | null;
  /** Runs work that waits for the blob store while others have the slot of the request, with what runs its statements in a slot. */
  outsideSlot?: <Result>(work: (inSlot: InSlot) => Promise<Result>) => Promise<Result>;
}

/** Runs what needs a connection. */
export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>;

// Any fixed id, see RFC 9562, section 6.6.
const NAMESPACE = "7c9f9c1e-4bb0-4d0e-9a53-6f1f6f0e2d57";

/** An actor that is known by its name, under the same id in every process and database. */
export function namedActor(kind: Exclude<ActorKind, "person">, name: string): Author["actor"] {
  return { id: v5(`${kind}:${name}`, NAMESPACE), kind, name };
}

const anyone = { service: null, flowRunId: null, requestId: null };

/** Writes of the server itself. */
export const SYSTEM: Author = { actor: namedActor("system", "system"), ...anyone };

/** Who reads, by a request of which nothing is recorded. */
export function readerOf(actor: Author["actor"]): Author {
  return actor === LOCAL.actor ? LOCAL : { actor, ...anyone };
}

/** Writes of anyone on a server without API keys. */
export const LOCAL: Author = { actor: namedActor("local", "local"), ...anyone };

/**
 * The columns of `event` that say who writes and why, as the parameter `author` of SQL functions. A write records its
 * event in its own transaction: by `event_record` (see migration 0014) where it is a statement, or by `recordEvent`.
 */
export function authorColumns(author: Author, reason?: string | null): string {
  const { actor, service, flowRunId, requestId, isAdmin = false } = author;
  return JSON.stringify({
    actor_id: actor.id,
    service,
    flow_run_id: flowRunId,
    request_id: requestId,
    reason: reason ?? null,
    is_admin: isAdmin,
  });
}

const stored = new WeakMap<Pools, Set<string>>();

/** Stores the actor of an author, once for each process: rows name it by its id. */
export async function storeActor(pools: Pools, db: Database, author: Author): Promise<void> {
  await insertActor(db, author);
  const known = stored.get(pools) ?? new Set();
  stored.set(pools, known.add(author.actor.id));
}

export async function insertActor(db: Database, { actor: { id, kind, name } }: Author): Promise<void> {
  await db.insert(actor).values({ id, kind, name }).onConflictDoNothing();
}

/**
 * Keeps a person from being deleted until the transaction ends, so that what it writes for them is deleted too. First in a
 * transaction, as a deletion begins with the person.
 * @throws VitrineError UNAUTHORIZED where they were deleted already
 */
export async function holdPerson(tx: Database, { actor: { id, kind } }: Pick<Author, "actor">): Promise<void> {
  if (kind !== "person") return;
  const [exists] = await tx.execute(sql`select from person where id = ${id}::uuid for key share`);
  if (!exists) throw new VitrineError("UNAUTHORIZED", "You were deleted; sign in again.");
}

export function isActorStored(pools: Pools, { actor }: Author): boolean {
  return stored.get(pools)?.has(actor.id) ?? false;
}
