import { asc, count, eq, sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import type { Person, PersonList, PersonSignedOut } from "#contract/person";
import type { ChangeById } from "#contract/value";
import type { Database } from "#db/postgres";
import { actor, person, personSession, pin, reader, readMark } from "#db/schema";
import type { Author } from "./author";
import { recordEvent } from "./event";
import { texts } from "./query/where";
import { startReading } from "./unread";

/** The name of the actor of a deleted person. */
const DELETED_PERSON = "Deleted person";

/** Who signs in, as the provider says. */
export interface PersonSignIn {
  issuer: string;
  subject: string;
  name: string;
  email: string | null;
  role: Person["role"];
  /** Those that have a role. */
  groups: string[];
  /** By which the provider knows whom to sign out. */
  idToken: string | null;
}

export interface NewSession {
  id: string;
  /** How long it lasts, in hours. */
  hours: number;
}

/** A session that has not ended; `expires` in seconds since 1970. */
export interface PersonSession {
  actor: Author["actor"];
  groups: string[];
  expires: number;
}

/**
 * Signs a person in, who is made the first time; else their name and e-mail become what they are now. Where their groups
 * changed, their other sessions end.
 * @param request what an author has of the request
 */
export async function signInPerson(
  db: Database,
  { issuer, subject, name, email, role, groups, idToken }: PersonSignIn,
  { id: sessionId, hours }: NewSession,
  request: Omit<Author, "actor">,
): Promise<PersonSession> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(person)
      .values({ issuer, subject, name, email, role })
      .onConflictDoUpdate({
        target: [person.issuer, person.subject],
        set: { name, email, role, signedIn: sql`clock_timestamp()` },
      })
      .returning({ id: person.id });
    if (!row) throw new Error("an upsert returns its row");
    const signedIn = { id: row.id, kind: "person" as const, name };
    await tx.insert(actor).values(signedIn).onConflictDoUpdate({ target: actor.id, set: { name } });
    await startReading(tx, { actor: signedIn });
    const others = sql`person_id = ${row.id}::uuid and groups <> ${texts(groups)}`;
    await tx.execute(endedSessions(others));
    const [session] = await tx
      .insert(personSession)
      .values({
        id: sessionId,
        personId: row.id,
        groups,
        idToken,
        expires: sql`clock_timestamp() + make_interval(hours => ${hours}::int)`,
      })
      .returning({ expires: sql<number>`extract(epoch from ${personSession.expires})::float8` });
    if (!session) throw new Error("an insert returns its row");
    await recordEvent(tx, { ...request, actor: signedIn }, { verb: "session.start", after: { role } });
    return { actor: signedIn, groups, expires: session.expires };
  });
}

/** Deletes sessions, and lists them among the ended ones, which all processes read. */
function endedSessions(which: ReturnType<typeof sql>) {
  return sql`
    with ended as (delete from person_session where ${which} returning id, expires)
    insert into ended_session (id, expires) select id, expires from ended on conflict do nothing returning id`;
}

/** The session of that id; null where it has ended or expired. */
export async function findPersonSession(db: Database, id: string): Promise<PersonSession | null> {
  const [row] = await db
    .select({
      id: person.id,
      name: person.name,
      groups: personSession.groups,
      expires: sql<number>`extract(epoch from ${personSession.expires})::float8`,
    })
    .from(personSession)
    .innerJoin(person, eq(person.id, personSession.personId))
    .where(sql`${personSession.id} = ${id} and ${personSession.expires} > clock_timestamp()`);
  if (!row) return null;
  return { actor: { id: row.id, kind: "person", name: row.name }, groups: row.groups, expires: row.expires };
}

/** People by name, then id, by limit and offset. */
export async function list(db: Database, { limit, offset }: PersonList): Promise<Person[]> {
  const { id, name, email, role, created, signedIn } = person;
  return db
    .select({ id, name, email, role, created, signedIn })
    .from(person)
    .orderBy(asc(sql`lower(${name})`), asc(id))
    .limit(limit)
    .offset(offset);
}

/** How many people there are. */
export async function total(db: Database): Promise<number> {
  const [row] = await db.select({ people: count() }).from(person);
  return row?.people ?? 0;
}

/**
 * Deletes a person with their pins and read marks, and ends their sessions in every process. What they wrote keeps its
 * actor, under a neutral name.
 * @throws VitrineError NOT_FOUND
 */
export async function remove(db: Database, { id, reason }: ChangeById, author: Author): Promise<{ id: string }> {
  return db.transaction(async (tx) => {
    // First, as sign-ins wait for it: what one has added by then is deleted too.
    const removed = await tx.delete(person).where(eq(person.id, id)).returning({ role: person.role });
    if (!removed[0]) throw new VitrineError("NOT_FOUND", `There is no person "${id}".`, { id });
    await tx.execute(endedSessions(sql`person_id = ${id}::uuid`));
    await tx.delete(pin).where(eq(pin.actorId, id));
    await tx.delete(readMark).where(eq(readMark.actorId, id));
    await tx.delete(reader).where(eq(reader.actorId, id));
    await tx.update(actor).set({ name: DELETED_PERSON }).where(eq(actor.id, id));
    await recordEvent(tx, author, {
      verb: "person.remove",
      reason: reason ?? null,
      before: { person: id, ...removed[0] },
    });
    return { id };
  });
}

/**
 * Ends all sessions of a person in every process; they can sign in again.
 * @throws VitrineError NOT_FOUND
 */
export async function signOut(db: Database, { id, reason }: ChangeById, author: Author): Promise<PersonSignedOut> {
  return db.transaction(async (tx) => {
    // A sign-in that began before is waited for, and ends too.
    const found = await tx.select({ id: person.id }).from(person).where(eq(person.id, id)).for("update");
    if (!found[0]) throw new VitrineError("NOT_FOUND", `There is no person "${id}".`, { id });
    const { length: sessions } = await tx.execute(endedSessions(sql`person_id = ${id}::uuid`));
    if (sessions > 0) {
      await recordEvent(tx, author, {
        verb: "person.signOut",
        reason: reason ?? null,
        after: { person: id, sessions },
      });
    }
    return { id, sessions };
  });
}
