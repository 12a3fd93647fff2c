import { aliasedTable, and, asc, count, desc, eq, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import {
  type ApiKey,
  type ApiKeyCreate,
  type ApiKeyRevoke,
  type ApiKeyUpdate,
  type CreatedApiKey,
  MAX_API_KEYS,
  type Role,
} from "#contract/api-key";
import { VitrineError } from "#contract/error";
import type { Database } from "#db/postgres";
import { actor, apiKey, nextUpdated } from "#db/schema";
import { digestOf, hintOf, newSecret, verifierOf } from "./api-key-secret";
import { type Author, insertActor } from "./author";
import { recordEvent } from "./event";
import { texts, uuids } from "./query/where";

/** An API key of the environment. */
export interface ConfiguredKey {
  name: string;
  role: Role;
  keys: string | null;
}

/** What the environment says beside the database. */
export interface Configured {
  apiKeys: readonly ConfiguredKey[];
  /** Whether nobody with the role admin could sign in without an API key of the database. */
  needsAdmin: boolean;
}

const creator = aliasedTable(actor, "creator");
const revoker = aliasedTable(actor, "revoker");

function select(db: Database) {
  const { id, name, role, keys, hint, created, expires, lastUsed, revoked } = apiKey;
  const fields = { id, name, role, keys, hint, created, createdBy: creator.name, expires, lastUsed, revoked };
  return db
    .select({ ...fields, revokedBy: revoker.name })
    .from(apiKey)
    .leftJoin(creator, eq(creator.id, apiKey.createdBy))
    .leftJoin(revoker, eq(revoker.id, apiKey.revokedBy))
    .$dynamic();
}

/** All API keys by name: those of the environment first, then those of the database, then those that were revoked. */
export async function list(db: Database, { apiKeys }: Configured): Promise<ApiKey[]> {
  const stored = await select(db).orderBy(sql`${apiKey.revoked} is not null`, desc(apiKey.revoked), asc(apiKey.name));
  const none = { id: null, hint: null, created: null, createdBy: null, expires: null };
  const configured = apiKeys.map((key) => ({
    ...none,
    ...key,
    lastUsed: null,
    revoked: null,
    revokedBy: null,
  }));
  return [...configured.sort((a, b) => (a.name < b.name ? -1 : 1)), ...stored];
}

/**
 * Makes an API key with a secret of its own, of which the digest is stored.
 * @throws VitrineError CONFLICT for a name that is used, and beyond 1,000 keys; BAD_REQUEST for an expiry in the past
 */
export async function create(
  db: Database,
  { name, role, keys = null, expires = null, reason }: ApiKeyCreate,
  author: Author,
  configured: Configured,
): Promise<CreatedApiKey> {
  expectFuture(expires);
  const secret = newSecret();
  return db.transaction(async (tx) => {
    await lock(tx);
    const [active] = await tx.select({ n: count() }).from(apiKey).where(isNull(apiKey.revoked));
    if (Number(active?.n) >= MAX_API_KEYS) {
      throw new VitrineError("CONFLICT", `There are ${MAX_API_KEYS} API keys already; revoke those that are not used.`);
    }
    const [same] = await tx
      .select({ id: apiKey.id })
      .from(apiKey)
      .where(and(eq(apiKey.name, name), isNull(apiKey.revoked)));
    if (same || configured.apiKeys.some((key) => key.name === name)) {
      const message = `An API key is named "${name}" already; use another name, or revoke that key first.`;
      throw new VitrineError("CONFLICT", message, { field: "name" });
    }
    await insertActor(tx, author);
    const secrets = { hint: hintOf(secret), digest: digestOf(secret), verifier: verifierOf(secret) };
    const [row] = await tx
      .insert(apiKey)
      .values({ name, role, keys, expires, ...secrets, createdBy: author.actor.id })
      .returning({ id: apiKey.id });
    const created = await read(tx, row?.id ?? "");
    await recordEvent(tx, author, { verb: "apiKey.create", after: described(created), ...(reason && { reason }) });
    return { ...created, secret };
  });
}

/**
 * Changes the role, the reached keys or the expiry of an API key.
 * @throws VitrineError NOT_FOUND; CONFLICT for a revoked key, and for the last one with the role admin
 */
export async function update(
  db: Database,
  { id, reason, ...input }: ApiKeyUpdate,
  author: Author,
  { needsAdmin }: Configured,
): Promise<ApiKey> {
  if (input.expires !== undefined) expectFuture(input.expires);
  return db.transaction(async (tx) => {
    await lock(tx);
    const before = await read(tx, id);
    if (before.revoked !== null) throw revokedError(before);
    const { role = before.role, keys = before.keys, expires = before.expires } = input;
    if (needsAdmin && (role !== "admin" || keys !== null)) await expectOtherAdmin(tx, before);
    if (role === before.role && keys === before.keys && expires === before.expires) return before;
    await tx
      .update(apiKey)
      .set({ role, keys, expires, updated: nextUpdated(apiKey.updated) })
      .where(eq(apiKey.id, id));
    const after = await read(tx, id);
    const change = { before: described(before), after: described(after) };
    await recordEvent(tx, author, { verb: "apiKey.update", ...change, ...(reason && { reason }) });
    return after;
  });
}

/**
 * Revokes an API key; one that is revoked stays as it is.
 * @throws VitrineError NOT_FOUND; CONFLICT for the last one with the role admin
 */
export async function revoke(
  db: Database,
  { id, reason }: ApiKeyRevoke,
  author: Author,
  { needsAdmin }: Configured,
): Promise<ApiKey> {
  return db.transaction(async (tx) => {
    await lock(tx);
    const before = await read(tx, id);
    if (before.revoked !== null) return before;
    if (needsAdmin) await expectOtherAdmin(tx, before);
    await insertActor(tx, author);
    await tx
      .update(apiKey)
      .set({ revoked: sql`clock_timestamp()`, revokedBy: author.actor.id, updated: nextUpdated(apiKey.updated) })
      .where(eq(apiKey.id, id));
    await recordEvent(tx, author, { verb: "apiKey.revoke", before: described(before), ...(reason && { reason }) });
    return read(tx, id);
  });
}

/** What events record of an API key. */
function described({ id, name, role, keys, expires }: ApiKey): object {
  return { id, name, role, ...(keys !== null && { keys }), expires };
}

/** Names, the number of keys and the last admin are checked, and then written, by one transaction at a time. */
async function lock(tx: Database): Promise<void> {
  await tx.execute(sql`lock table ${apiKey} in share row exclusive mode`);
}

async function read(db: Database, id: string): Promise<ApiKey & { id: string }> {
  const [row] = await select(db).where(eq(apiKey.id, id));
  if (!row) throw new VitrineError("NOT_FOUND", "API key not found.");
  return row;
}

function expectFuture(expires: string | null): void {
  if (expires === null || Date.parse(expires) > Date.now()) return;
  throw new VitrineError("BAD_REQUEST", 'The field "expires" must be in the future.', { field: "expires" });
}

/** API keys with the role admin for the whole instance. */
function admins(): SQL | undefined {
  const isValid = or(isNull(apiKey.expires), sql`${apiKey.expires} > clock_timestamp()`);
  return and(eq(apiKey.role, "admin"), isNull(apiKey.keys), isNull(apiKey.revoked), isValid);
}

/** Whether an API key of the database allows everything now. */
export async function hasAdmin(db: Database): Promise<boolean> {
  const rows = await db.select({ id: apiKey.id }).from(apiKey).where(admins()).limit(1);
  return rows.length > 0;
}

async function expectOtherAdmin(tx: Database, { id, name, role, keys }: ApiKey & { id: string }): Promise<void> {
  if (role !== "admin" || keys !== null) return;
  const others = await tx
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(and(admins(), ne(apiKey.id, id)))
    .limit(1);
  if (others.length > 0) return;
  const message = `"${name}" is the last API key with the role "admin"; make another one first, or set VITRINE_API_KEYS.`;
  throw new VitrineError("CONFLICT", message, { field: "id" });
}

function revokedError({ name }: ApiKey): VitrineError {
  return new VitrineError("CONFLICT", `The API key "${name}" was revoked; make a new one.`, { field: "id" });
}

/** What identifies and limits the requests of an API key. */
export interface KeyCredential {
  id: string;
  name: string;
  role: Role;
  keys: string | null;
  digest: string;
  verifier: string;
  /** In milliseconds since 1970; null: never. */
  expires: number | null;
  isRevoked: boolean;
  /** As PostgreSQL writes it, in which later is greater. */
  updated: string;
}

/** How far back changes are read again, in seconds: longer than a transaction takes to commit what it changed. */
const OVERLAP = 60;

/**
 * The API keys that changed since an earlier read, revoked ones too, and when they were read.
 * @param since `at` of the earlier one; null: all keys
 */
export async function readChanged(
  db: Database,
  since: string | null,
): Promise<{ at: string; changed: KeyCredential[] }> {
  const rows = await db.execute<{ at: string } & (Pick<KeyCredential, keyof KeyCredential> | { id: null })>(sql`
    select clock.at, k.id, k.name, k.role, k.keys, encode(k.digest, 'hex') as digest, encode(k.verifier, 'hex') as verifier,
      extract(epoch from k.expires)::float8 * 1000 as expires, k.revoked is not null as "isRevoked", k.updated
    from (select clock_timestamp() as at) clock
    left join ${apiKey} k on ${since}::timestamptz is null or k.updated > ${since}::timestamptz - make_interval(secs => ${OVERLAP})`);
  const changed = rows.flatMap(({ at, ...key }) => (key.id === null ? [] : [key]));
  return { at: rows[0]?.at ?? "", changed };
}

/** Records when API keys were used last. @param used timestamps in milliseconds since 1970, by id */
export async function recordUse(db: Database, used: ReadonlyMap<string, number>): Promise<void> {
  const times = [...used.values()].map(String);
  await db.execute(sql`
    update ${apiKey} k set last_used = greatest(k.last_used, to_timestamp(u.at::float8 / 1000))
    from unnest(${uuids([...used.keys()])}, ${texts(times)}) as u (id, at) where k.id = u.id`);
}
