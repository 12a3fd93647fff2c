import { type SQL, sql } from "drizzle-orm";
import { MAX_COMPRESSED } from "#blobs/compression";
import { type BlobStore, type Codec, nameOf, type SourceFile } from "#blobs/store";
import type { BlobQuery, BlobStatus } from "#contract/file";
import type { Database } from "#db/postgres";
import { blob, blobStore, blobUpload } from "#db/schema";
import { StartupError } from "#db/startup-error";
import type { Author, InSlot } from "./author";
import { withAdvisoryLock } from "./locks";
import { texts } from "./query/where";
import { isReached } from "./reach";

/** Who uploaded a blob may publish it for so many hours; for as long a blob is kept that no version names, twice. */
const HOURS = 24;

/** How many blobs are deleted at once. */
const BATCH = 200;

// Any fixed number: of the processes that sweep at the same time, the one that has this advisory lock does.
export const BLOB_SWEEP_LOCK = 0x76_69_74_62;

const bytesOf = (sha256: string) => sql`decode(${sha256}, 'hex')`;

export const allOf = (sha256s: readonly string[]) =>
  sql`any(array(select decode(each, 'hex') from unnest(${texts([...sha256s])}) each))`;

/** A received file, and the same compressed where that makes it smaller. */
interface UploadedFile extends BlobQuery {
  path: string;
  compressed?: SourceFile | null;
}

/**
 * Stores a file in the blob store. The order of the steps keeps a version from naming what is not there: a crash between them
 * leaves what `sweepBlobs` deletes.
 * @param inSlot runs what needs a connection
 * @returns whether the author could publish it before: nobody learns what others have stored
 */
export async function storeBlob(
  db: Database,
  store: Pick<BlobStore, "put" | "has">,
  { sha256, size, path, compressed }: UploadedFile,
  author: Author,
  inSlot: InSlot = (work) => work(),
): Promise<Stored> {
  const { stored, codec, mayCompress } = await inSlot(async () => ({
    ...(await beginUpload(db, { sha256, size })),
    stored: await storedFor(db, sha256, author),
  }));
  const packed = codec === "none" || (codec === null && !mayCompress) ? null : compressed;
  const isThere = codec === "gzip" && !packed && (await store.has(nameOf(sha256, "gzip")));
  if (!isThere) await store.put(nameOf(sha256, packed ? "gzip" : "none"), packed ?? { path, size });
  const form = isThere ? null : { storedSize: packed?.size ?? null };
  if (await inSlot(() => endUpload(db, sha256, form, author))) return stored;
  // Its row was swept meanwhile, and the object may have been.
  return storeBlob(db, store, { sha256, size, path, compressed }, author, inSlot);
}

/** What a blob was for its author before an upload. */
type Stored = "made" | "there";

async function storedFor(db: Database, sha256: string, author: Author): Promise<Stored> {
  const rows = await db.execute(sql`
    select from ${blob} b where b.sha256 = ${bytesOf(sha256)} and b.stored is not null and ${mayPublish(author)}`);
  return rows.length > 0 ? "there" : "made";
}

/**
 * Whether no server of a schema before 0032 runs, which does not find what is compressed: that of a new database, or of one
 * that was upgraded a day ago.
 */
export const MAY_COMPRESS = sql`exists (select from vitrine_migration initial, vitrine_migration coded
  where initial.number = 0 and coded.number = 32
    and (coded.applied = initial.applied or coded.applied < clock_timestamp() - make_interval(hours => ${HOURS})))`;

/**
 * From now on it is not deleted.
 * @returns how the store has it already, null where it does not; and whether it may be compressed
 */
async function beginUpload(db: Database, { sha256, size }: BlobQuery) {
  const [row] = await db.execute<{ codec: Codec | null; may_compress: boolean }>(sql`
    insert into ${blob} (sha256, size, created) values (${bytesOf(sha256)}, ${size}, clock_timestamp())
    on conflict (sha256) do update set condemned = null,
      size = case when blob.stored is null then excluded.size else blob.size end
    returning case when stored is not null then codec end as codec, ${MAY_COMPRESS} as may_compress`);
  return { codec: row?.codec ?? null, mayCompress: row?.may_compress ?? false };
}

/**
 * @param form null where the store has it as before; its `storedSize` is null where it is not compressed
 * @returns whether there was a row of it
 */
function endUpload(
  db: Database,
  sha256: string,
  form: { storedSize: number | null } | null,
  author: Author,
): Promise<boolean> {
  const stored = form && sql`, stored_size = ${form.storedSize}, codec = ${form.storedSize === null ? "none" : "gzip"}`;
  return db.transaction(async (tx) => {
    const rows = await tx.execute(sql`
      update ${blob} set stored = clock_timestamp(), condemned = null ${stored ?? sql``}
        where sha256 = ${bytesOf(sha256)} returning true`);
    if (rows.length > 0) await noteUploads(tx, [sha256], author);
    return rows.length > 0;
  });
}

/** Stores a blob in the database. Returns as `storeBlob`. */
export async function storeContent(db: Database, sha256: string, content: Uint8Array, author: Author): Promise<Stored> {
  const base64 = Buffer.from(content).toString("base64");
  return db.transaction(async (tx) => {
    const stored = await storedFor(tx, sha256, author);
    await tx.execute(sql`
      insert into ${blob} (sha256, size, content, created, stored)
      values (${bytesOf(sha256)}, ${content.byteLength}, decode(${base64}, 'base64'), clock_timestamp(), clock_timestamp())
      on conflict (sha256) do update set stored = clock_timestamp(), condemned = null,
        size = case when blob.stored is null then excluded.size else blob.size end,
        content = case when blob.stored is null then excluded.content else blob.content end`);
    await noteUploads(tx, [sha256], author);
    return stored;
  });
}

async function noteUploads(tx: Database, sha256s: readonly string[], { actor }: Author): Promise<void> {
  await tx.execute(sql`
    insert into ${blobUpload} (sha256, actor_id, uploaded)
    select decode(each, 'hex'), ${actor.id}::uuid, clock_timestamp() from unnest(${texts([...sha256s])}) each order by each
    on conflict (sha256, actor_id) do update set uploaded = excluded.uploaded`);
}

/**
 * Whether an author may publish what is in a row `b` of `blob`: it uploaded the bytes in the last 24 hours, or may read a
 * version that has them.
 */
export function mayPublish({ actor, keys }: Author): SQL {
  const reached = isReached(sql`a.key`, keys) ?? sql`true`;
  const named = ["artifact", "artifact_trash"].flatMap((table) => [
    sql`exists (select from artifact_file f join ${sql.identifier(table)} a on a.id = f.artifact_id
      where f.sha256 = b.sha256 and ${reached})`,
    sql`exists (select from artifact_data d join ${sql.identifier(table)} a on a.id = d.artifact_id
      where d.blob_sha256 = b.sha256 and ${reached})`,
  ]);
  return sql`(exists (select from ${blobUpload} u where u.sha256 = b.sha256 and u.actor_id = ${actor.id}::uuid
      and u.uploaded > clock_timestamp() - make_interval(hours => ${HOURS})) or ${sql.join(named, sql` or `)})`;
}

/** Which blobs the author may publish without an upload; as one, so that they are not deleted before. */
export async function findBlobs(db: Database, blobs: readonly BlobQuery[], author: Author): Promise<BlobStatus[]> {
  const found = await db.transaction(async (tx) => {
    const rows = await tx.execute<{ sha256: string; size: string }>(sql`
      with there as (
        select b.sha256 from ${blob} b where b.sha256 = ${allOf(blobs.map(({ sha256 }) => sha256))} and b.stored is not null
          and ${mayPublish(author)} order by b.sha256 for no key update)
      update ${blob} b set stored = clock_timestamp(), condemned = null from there where b.sha256 = there.sha256
        and b.stored is not null returning encode(b.sha256, 'hex') as sha256, b.size`);
    await noteUploads(
      tx,
      rows.map(({ sha256 }) => sha256),
      author,
    );
    return new Map(rows.map(({ sha256, size }) => [sha256, Number(size)]));
  });
  return blobs.map(({ sha256, size }) => ({ sha256, there: found.get(sha256) === size }));
}

/** Where the bytes of a blob are. */
export interface BlobPlace extends BlobQuery {
  /** How the store has them. */
  codec: Codec;
  /** Where the database has them. */
  content: Uint8Array<ArrayBuffer> | null;
}

export async function findPlace(db: Database, { sha256, size }: BlobQuery): Promise<BlobPlace> {
  // What is larger is neither in the database nor compressed.
  const rows =
    size > MAX_COMPRESSED
      ? []
      : await db.execute<{ codec: Codec; content: string | null }>(
          sql`select codec, encode(content, 'base64') as content from ${blob} where sha256 = ${bytesOf(sha256)}`,
        );
  const { codec = "none", content = null } = rows[0] ?? {};
  if (content === null) return { sha256, size, codec, content };
  return { sha256, size, codec: "none", content: Buffer.from(content, "base64") };
}

/** Whether a version, in the trash or not, or a revision names what is in a row `b` of `blob`. */
export const isNamed = sql`(exists (select from artifact_file f where f.sha256 = b.sha256)
  or exists (select from artifact_data d where d.blob_sha256 = b.sha256))`;

/**
 * Condemns blobs that no version has named for 24 hours, and deletes those that were condemned 24 hours ago. Does nothing
 * while another process does it. A blob that is being deleted is stored again by an upload, which waits for the deletion.
 * @param hours what takes the place of the 24 hours
 * @returns how many were deleted
 */
export async function sweepBlobs(db: Database, store: BlobStore | null, hours = HOURS): Promise<number> {
  const before = sql`clock_timestamp() - make_interval(secs => ${hours * 3600})`;
  const locked = <Result>(otherwise: Result, work: (tx: Database) => Promise<Result>) =>
    withAdvisoryLock(db, BLOB_SWEEP_LOCK, otherwise, work);
  await locked(undefined, async (tx) => {
    await tx.execute(
      sql`delete from ${blobUpload} where uploaded < clock_timestamp() - make_interval(hours => ${HOURS})`,
    );
    await tx.execute(sql`update ${blob} b set condemned = null where condemned is not null and ${isNamed}`);
    await tx.execute(sql`update ${blob} b set condemned = clock_timestamp()
      where condemned is null and greatest(created, stored) <= ${before} and not ${isNamed}`);
  });
  let deleted = 0;
  for (let batch = BATCH; batch === BATCH; deleted += batch) {
    // Locked first, and read by a new statement then: whoever names a blob has locked it before.
    await locked(undefined, async (tx) => {
      const rows = await tx.execute<{ sha256: string }>(sql`
        select encode(sha256, 'hex') as sha256 from ${blob} where condemned <= ${before} order by sha256
        limit ${BATCH} for update skip locked`);
      if (rows.length === 0) return;
      await tx.execute(sql`update ${blob} b set stored = null
        where b.sha256 = ${allOf(rows.map(({ sha256 }) => sha256))} and not ${isNamed}`);
    });
    // Only what is no longer stored for others is deleted from the store, while nobody can begin to store it again.
    batch = await locked(0, async (tx) => {
      await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`);
      const rows = await tx.execute<{ sha256: string; outside: boolean }>(sql`
        select encode(sha256, 'hex') as sha256, content is null as outside from ${blob}
        where stored is null and condemned <= ${before} ${store ? sql`` : sql`and content is not null`} order by sha256 limit ${BATCH} for update skip locked`);
      const outside = rows.filter((row) => row.outside);
      // Two uploads at a time may have stored both.
      await store?.remove(outside.flatMap(({ sha256 }) => [nameOf(sha256, "none"), nameOf(sha256, "gzip")]));
      await tx.execute(sql`delete from ${blob} where sha256 = ${allOf(rows.map(({ sha256 }) => sha256))}`);
      return rows.length;
    });
  }
  return deleted;
}

/**
 * Expects that the blobs of a database are in this store, and notes that they are from now on.
 * @throws StartupError for another store, and for none where there are blobs
 */
export async function expectStore(db: Database, store: BlobStore | null): Promise<void> {
  const id = await store?.id();
  if (id !== undefined) {
    await db.insert(blobStore).values({ single: true, id }).onConflictDoNothing();
  }
  const [row] = await db.select().from(blobStore);
  if (!row || row.id === id) return;
  throw new StartupError(
    id === undefined
      ? "The files of this database are in a blob store: set VITRINE_BLOBS to its address."
      : `VITRINE_BLOBS names another blob store (${id}) than the one that has the files of this database (${row.id}): correct the address.`,
  );
}
