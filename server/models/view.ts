import { and, asc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import type { EventVerb } from "#contract/event";
import type { ChangeById } from "#contract/value";
import { MAX_VIEWS, type SavedView, type ViewCreate, type ViewState, type ViewUpdate } from "#contract/view";
import type { Database } from "#db/postgres";
import { nextUpdated, view, viewDefault } from "#db/schema";
import { type Author, holdPerson, insertActor } from "./author";
import { recordEvent } from "./event";

type Reader = Pick<Author, "actor" | "keys">;

const { id, name, query, sort, columns, density, layout, created, updated } = view;

/** What an author sees: their own views, and the shared ones unless they are limited to keys, which a query may tell. */
function isVisible({ actor, keys }: Reader): SQL | undefined {
  const own = eq(view.ownerId, actor.id);
  return keys == null ? or(own, isNull(view.ownerId)) : own;
}

function select(db: Database, reader: Reader) {
  return db
    .select({
      ...{ id, name, query, sort, columns, density, layout, created, updated },
      shared: sql<boolean>`${view.ownerId} is null`,
      isDefault: sql<boolean>`exists (
        select from view_default d where d.view_id = ${view.id} and d.actor_id = ${reader.actor.id}::uuid)`,
    })
    .from(view)
    .where(isVisible(reader))
    .$dynamic();
}

/** The views of a reader and the shared ones, by name; of the same name, their own first. */
export async function list(db: Database, reader: Reader): Promise<SavedView[]> {
  return select(db, reader).orderBy(asc(sql`lower(${view.name})`), asc(sql`${view.ownerId} is null`), asc(view.id));
}

/** @throws VitrineError NOT_FOUND for a view that does not exist, or is somebody else's */
export async function read(db: Database, { id }: { id: string }, reader: Reader): Promise<SavedView> {
  const [row] = await select(db, reader).where(and(isVisible(reader), eq(view.id, id)));
  if (!row) throw new VitrineError("NOT_FOUND", `There is no view "${id}".`, { id });
  return row;
}

/** The view that the reader's list opens with; null for none. */
export async function readDefault(db: Database, reader: Reader): Promise<SavedView | null> {
  const isDefault = sql`${view.id} = (select d.view_id from view_default d where d.actor_id = ${reader.actor.id}::uuid)`;
  const [row] = await select(db, reader).where(and(isVisible(reader), isDefault));
  return row ?? null;
}

/** On a server without credentials everything belongs to everyone, and stays shared once it requires them. */
function ownerOf({ actor }: Author, shared: boolean): string | null {
  return shared || actor.kind === "local" ? null : actor.id;
}

/**
 * Saves a view of the author's own, or a shared one.
 * @throws VitrineError CONFLICT for a name or an id that is used, and beyond 200 views; FORBIDDEN for a shared one without
 * the role write; UNAUTHORIZED where the person was deleted meanwhile
 */
export async function create(
  db: Database,
  { shared, reason, ...input }: ViewCreate,
  author: Author,
): Promise<SavedView> {
  const ownerId = ownerOf(author, shared);
  if (ownerId === null) expectSharing(author);
  return db.transaction(async (tx) => {
    await holdPerson(tx, author);
    await lock(tx);
    await expectFree(tx, input.name, ownerId);
    const [known] = input.id === undefined ? [] : await tx.select({ id }).from(view).where(eq(view.id, input.id));
    if (known) throw new VitrineError("CONFLICT", `There is a view "${known.id}" already.`, { field: "id" });
    const [row] = await tx
      .insert(view)
      .values({ ...input, ownerId })
      .returning({ id });
    if (!row) throw new Error("an insert returns its row");
    const stored = await read(tx, row, author);
    if (stored.shared) await record(tx, author, "view.create", reason, { after: factsOf(stored) });
    return stored;
  });
}

/**
 * Changes a view: absent fields stay. One that becomes the author's own is nobody else's default any more.
 * @throws VitrineError NOT_FOUND; CONFLICT for a name that is used, and with `current` where it was updated since
 * `ifUpdated`; FORBIDDEN for a shared one without the role write; UNAUTHORIZED where the person was deleted meanwhile
 */
export async function update(
  db: Database,
  { id, shared, ifUpdated, reason, ...input }: ViewUpdate,
  author: Author,
): Promise<SavedView> {
  return db.transaction(async (tx) => {
    await holdPerson(tx, author);
    await lock(tx);
    const before = await read(tx, { id }, author);
    const ownerId = ownerOf(author, shared ?? before.shared);
    if (before.shared || ownerId === null) expectSharing(author);
    const isMoved = before.shared !== (ownerId === null);
    if (isMoved || (input.name ?? before.name) !== before.name) {
      await expectFree(tx, input.name ?? before.name, ownerId, isMoved);
    }
    const isCurrent = ifUpdated === undefined ? undefined : sql`${view.updated} = ${ifUpdated}::timestamptz`;
    const changed = await tx
      .update(view)
      .set({ ...input, ownerId, updated: nextUpdated(view.updated) })
      .where(and(eq(view.id, id), isCurrent))
      .returning({ id: view.id });
    if (changed.length === 0) {
      const message = `The view "${before.name}" was changed since you loaded it: reload it and save again.`;
      throw new VitrineError("CONFLICT", message, { current: before });
    }
    if (ownerId !== null) {
      await tx.delete(viewDefault).where(and(eq(viewDefault.viewId, id), sql`actor_id <> ${ownerId}::uuid`));
    }
    const after = await read(tx, { id }, author);
    if (before.shared || after.shared) {
      await record(tx, author, "view.update", reason, { before: factsOf(before), after: factsOf(after) });
    }
    return after;
  });
}

/** Deletes a view. @throws VitrineError NOT_FOUND; FORBIDDEN for a shared one without the role write */
export async function remove(db: Database, { id, reason }: ChangeById, author: Author): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    await lock(tx);
    const before = await read(tx, { id }, author);
    if (before.shared) expectSharing(author);
    await tx.delete(view).where(eq(view.id, id));
    if (before.shared) await record(tx, author, "view.remove", reason, { before: factsOf(before) });
    return { id };
  });
}

/**
 * Chooses the view that the author's list opens with; null for none.
 * @throws VitrineError NOT_FOUND; UNAUTHORIZED where the person was deleted meanwhile
 */
export async function setDefault(
  db: Database,
  { id }: { id: string | null },
  author: Author,
): Promise<{ id: string | null }> {
  const actorId = author.actor.id;
  return db.transaction(async (tx) => {
    await holdPerson(tx, author);
    await lock(tx);
    if (id === null) {
      await tx.delete(viewDefault).where(eq(viewDefault.actorId, actorId));
      return { id };
    }
    await read(tx, { id }, author);
    await insertActor(tx, author);
    await tx
      .insert(viewDefault)
      .values({ actorId, viewId: id })
      .onConflictDoUpdate({ target: viewDefault.actorId, set: { viewId: id } });
    return { id };
  });
}

/** Names are unique, and views are changed rarely: one at a time. Readers do not wait. */
async function lock(tx: Database): Promise<void> {
  await tx.execute(sql`lock table ${view} in share row exclusive mode`);
}

/** @throws VitrineError FORBIDDEN */
function expectSharing({ mayWrite, keys }: Author): void {
  if (keys != null) {
    const message = `Shared views require a role that is not limited to keys; yours is limited to "${keys}".`;
    throw new VitrineError("FORBIDDEN", message, { field: "shared" });
  }
  if (mayWrite === false) {
    throw new VitrineError("FORBIDDEN", 'Shared views are changed by the role "write"; yours is "read".', {
      field: "shared",
    });
  }
}

/** @throws VitrineError CONFLICT where another view of the owner has the name, or with `adds` where there are too many */
async function expectFree(tx: Database, name: string, ownerId: string | null, adds = true): Promise<void> {
  const owned = ownerId === null ? isNull(view.ownerId) : eq(view.ownerId, ownerId);
  const [state] = await tx
    .select({
      views: sql<string>`count(*)`,
      isUsed: sql<boolean>`coalesce(bool_or(${view.name} = ${name}), false)`,
    })
    .from(view)
    .where(owned);
  const whose = ownerId === null ? "shared view" : "view of yours";
  if (state?.isUsed) {
    throw new VitrineError("CONFLICT", `A ${whose} is named "${name}" already; use another name.`, { field: "name" });
  }
  if (adds && Number(state?.views) >= MAX_VIEWS) {
    throw new VitrineError("CONFLICT", `There are ${MAX_VIEWS} ${whose}s already, the most that there can be.`);
  }
}

function factsOf({ id, name, shared, query, sort, columns, density, layout }: SavedView) {
  const state: ViewState = { query, sort, columns, density, layout };
  return { view: id, name, shared, ...state };
}

/** Only what is shared is recorded: what somebody looks at alone is nobody else's business. */
async function record(
  tx: Database,
  author: Author,
  verb: EventVerb,
  reason: string | null | undefined,
  fields: { before?: object; after?: object },
): Promise<void> {
  await recordEvent(tx, author, { verb, reason: reason ?? null, ...fields });
}
