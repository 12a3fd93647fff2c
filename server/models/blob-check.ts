import { sql } from "drizzle-orm";
import { type BlobStore, type Codec, nameOf, parseName, type StoredObject } from "#blobs/store";
import type { BlobSum, FilesCheck, Violation } from "#contract/admin";
import type { Database } from "#db/postgres";
import { blob } from "#db/schema";
import { isNamed } from "./blob";

/** How many rows and how many objects are compared at once. */
const BATCH = 1_000;

type Store = Pick<BlobStore, "list">;

interface Row extends Record<string, unknown> {
  sha256: string;
  size: string;
  stored_size: string | null;
  codec: Codec;
  created: string;
  stored: string | null;
  /** Whether the store must have it. */
  outside: boolean;
  /** A version that names it, or whose data it is, and by which path. */
  key: string | null;
  path: string | null;
}

type Problem = "missing" | "size" | "unnoted";

/** A part of all hashes: those after the first one, up to the last one. */
interface Span {
  after: string | undefined;
  upTo: string | null;
}

/** How the store has a file, and how many bytes of it. */
interface Found {
  codec: Codec;
  size: number;
}

interface Finding {
  row: Row;
  problem: Problem;
  /** Of what is not noted. */
  found: Found | null;
}

interface Findings {
  problems: Map<string, Finding>;
  orphans: Map<string, StoredObject>;
}

/**
 * Compares the files that the database knows with those that the store has, in batches ordered by hash, the `next` of which
 * is a hash. Uploads and sweeps at the same time are no violations.
 */
export async function checkFiles(
  db: Database,
  store: Store | null,
  { after }: { after?: string | undefined },
): Promise<FilesCheck> {
  const { result } = await check(db, store, after);
  return result;
}

/**
 * As `checkFiles`; what the store lacks is asked for again by the next upload of the same bytes, and what it has again is
 * noted as stored.
 * @param orphans whether what no row names is given one: it is deleted in two days, unless it is uploaded before
 */
export async function repairFiles(
  db: Database,
  store: Store | null,
  { after, orphans }: { after?: string | undefined; orphans: boolean },
): Promise<FilesCheck> {
  const { result, problems, orphans: found } = await check(db, store, after);
  const all = [...problems.values()];
  const lacking = all.filter(({ problem }) => problem !== "unnoted").map(({ row }) => row);
  const there = all.flatMap(({ row: { sha256 }, found }) =>
    found ? { sha256, codec: found.codec, stored_size: found.codec === "none" ? null : found.size } : [],
  );
  await db.transaction(async (tx) => {
    // Only where it was not stored again since. How it was stored says what is looked for.
    await tx.execute(sql`update ${blob} b set stored = null
      from json_to_recordset(${JSON.stringify(lacking)}::json) as row (sha256 text, stored timestamptz)
      where b.sha256 = decode(row.sha256, 'hex') and b.stored = row.stored`);
    await tx.execute(sql`update ${blob} b set stored = clock_timestamp(), codec = row.codec, stored_size = row.stored_size
      from json_to_recordset(${JSON.stringify(there)}::json) as row (sha256 text, codec text, stored_size bigint)
      where b.sha256 = decode(row.sha256, 'hex') and b.stored is null
        and ${isNamed}`);
    if (!orphans) return;
    const rows = [...found.values()].map(({ name, size }) => ({ ...parseName(name), size }));
    // The plain size of what is compressed is not known before it is uploaded again.
    await tx.execute(sql`insert into ${blob} (sha256, size, codec, stored_size, created)
      select distinct on (sha256) decode(sha256, 'hex'), size, codec, case codec when 'gzip' then size end, clock_timestamp()
      from json_to_recordset(${JSON.stringify(rows)}::json) as orphan (sha256 text, codec text, size bigint)
      order by sha256, codec = 'gzip'
      on conflict do nothing`);
  });
  return result;
}

async function check(
  db: Database,
  store: Store | null,
  after: string | undefined,
): Promise<Findings & { result: FilesCheck }> {
  const objects = await firstOf(store, after);
  const rows = await readRows(db, { after, upTo: null });
  const lasts = [
    rows.length === BATCH ? rows.at(-1)?.sha256 : undefined,
    objects.length === BATCH ? parseName(objects.at(-1)?.name ?? "").sha256 : undefined,
  ].filter((last) => last !== undefined);
  const span: Span = { after, upTo: lasts.sort()[0] ?? null };
  const isInSpan = (sha256: string) => span.upTo === null || sha256 <= span.upTo;
  const checked = rows.filter(({ sha256 }) => isInSpan(sha256));
  const first = compare(
    checked,
    objects.filter(({ name }) => isInSpan(parseName(name).sha256)),
  );
  const { problems, orphans } = await confirm(db, store, span, first);
  const violations = [...problems.values()].flatMap(toViolation);
  const unnamed = checked.filter(({ key }) => key === null);
  const result: FilesCheck = {
    violations,
    checked: checked.length,
    next: span.upTo,
    orphans: { ...sumOf([...orphans.values()].map(({ size }) => size)), names: [...orphans.keys()].slice(0, 10) },
    unnamed: sumOf(unnamed.map(({ size, stored_size }) => Number(stored_size ?? size))),
  };
  return { result, problems, orphans };
}

/**
 * What is still so when both are read again, in the order that excludes what happened in between: a row exists before its
 * object and after it, and is another one where the object was deleted in between.
 */
async function confirm(db: Database, store: Store | null, span: Span, found: Findings): Promise<Findings> {
  if (found.problems.size === 0 && found.orphans.size === 0) return found;
  const objects = await objectsIn(store, span);
  const rows = await readRows(db, span);
  const again = compare(rows, objects);
  const isSame = (row: Row) => found.problems.get(row.sha256)?.row.created === row.created;
  return {
    problems: new Map(
      [...again.problems].filter(
        ([sha256, { row, problem }]) => found.problems.get(sha256)?.problem === problem && isSame(row),
      ),
    ),
    orphans: new Map([...again.orphans].filter(([name]) => found.orphans.has(name))),
  };
}

function compare(rows: readonly Row[], objects: readonly StoredObject[]): Findings {
  const sizes = new Map(objects.map(({ name, size }) => [name, size]));
  const known = new Set(rows.map(({ sha256 }) => sha256));
  const problems: Findings["problems"] = new Map();
  for (const row of rows) {
    const found = row.stored === null && row.key !== null ? foundOf(row, sizes) : null;
    const problem = found ? "unnoted" : problemOf(row, sizes.get(nameOf(row.sha256, row.codec)));
    if (problem) problems.set(row.sha256, { row, problem, found });
  }
  const orphans = objects.filter(({ name }) => !known.has(parseName(name).sha256));
  return { problems, orphans: new Map(orphans.map((object) => [object.name, object])) };
}

function problemOf(row: Row, found: number | undefined): Problem | null {
  const { outside, stored, codec } = row;
  if (!outside || stored === null || isRight(row, codec, found)) return null;
  return found === undefined ? "missing" : "size";
}

/** In whichever form the store has the bytes of a row, first in that of the row. */
function foundOf(row: Row, sizes: ReadonlyMap<string, number>): Found | null {
  if (!row.outside) return null;
  const codecs: Codec[] = row.codec === "none" ? ["none", "gzip"] : ["gzip", "none"];
  for (const codec of codecs) {
    const size = sizes.get(nameOf(row.sha256, codec));
    if (size !== undefined && isRight(row, codec, size)) return { codec, size };
  }
  return null;
}

function isRight({ size, stored_size }: Row, codec: Codec, found: number | undefined): boolean {
  const expected = codec === "none" ? size : stored_size;
  return found !== undefined && (expected === null || found === Number(expected));
}

/** None for what is only not noted as stored: the laws of the database itself find that. */
function toViolation({ row, problem }: Finding): Violation[] {
  const { sha256, key, path } = row;
  if (problem === "unnoted") return [];
  const named = path === null ? "the data" : `the file "${path}"`;
  const what = key === null ? "a file that no version names" : named;
  const where = problem === "missing" ? "are not in the blob store" : "have another size in the blob store";
  return [{ law: 15, key: key ?? sha256, problem: `the bytes of ${what} (${sha256}) ${where}` }];
}

function sumOf(sizes: readonly number[]): BlobSum {
  return { count: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function firstOf(store: Store | null, after: string | undefined): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for await (const batch of listAfter(store, after)) {
    objects.push(...batch);
    if (objects.length >= BATCH) break;
  }
  return objects.slice(0, BATCH);
}

async function objectsIn(store: Store | null, { after, upTo }: Span): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  for await (const batch of listAfter(store, after)) {
    objects.push(...batch.filter(({ name }) => upTo === null || parseName(name).sha256 <= upTo));
    if (upTo !== null && parseName(batch.at(-1)?.name ?? "").sha256 > upTo) break;
  }
  return objects;
}

function listAfter(store: Store | null, after: string | undefined): AsyncIterable<StoredObject[]> | StoredObject[][] {
  // After both objects of that hash.
  return store?.list(after && nameOf(after, "gzip")) ?? [];
}

/** Those of a span, at most a batch where it has no end. */
function readRows(db: Database, { after, upTo }: Span): Promise<Row[]> {
  return db.execute<Row>(sql`
    select encode(b.sha256, 'hex') as sha256, b.size, b.stored_size, b.codec, b.created::text as created,
      b.stored::text as stored, b.content is null and b.size > 0 as outside, f.key, f.path
    from ${blob} b left join lateral (
      select f.path, coalesce(a.key, t.key, f.artifact_id::text) as key from (
        select artifact_id, path from artifact_file where sha256 = b.sha256
        union all select artifact_id, null from artifact_data where blob_sha256 = b.sha256 limit 1) f
        left join artifact a on a.id = f.artifact_id left join artifact_trash t on t.id = f.artifact_id) f on true
    where true ${after === undefined ? sql`` : sql`and b.sha256 > decode(${after}, 'hex')`}
      ${upTo === null ? sql`` : sql`and b.sha256 <= decode(${upTo}, 'hex')`}
    order by b.sha256 ${upTo === null ? sql`limit ${BATCH}` : sql``}`);
}
