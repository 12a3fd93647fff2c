import { and, eq, inArray, sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import { entriesOf, FileData, type FileEntry, FilesData } from "#contract/file";
import { FILE, isFileType, isManifestTooLarge, MANIFEST_BYTES } from "#contract/file-type";
import { MAX_FILES } from "#contract/limits";
import { RawJson } from "#contract/raw-json";
import { brokenRule, ruleSentence } from "#contract/rules/broken-rule";
import type { Database } from "#db/postgres";
import { artifact, artifactFile, blob } from "#db/schema";
import type { Author } from "./author";
import { allOf, mayPublish } from "./blob";

/**
 * The files that data of a type names; null for a type without files.
 * @param field names the data in errors
 * @throws VitrineError BAD_REQUEST for data of another form
 */
export function filesOf(
  { type, data = RawJson.null }: { type?: string | null | undefined; data?: RawJson | undefined },
  field: string,
): FileEntry[] | null {
  if (!isFileType(type)) return null;
  if (isManifestTooLarge(data.bytes, MAX_FILES)) throw manifestError(field);
  const result = (type === FILE ? FileData : FilesData).safeParse(data.toJSON());
  if (!result.success) {
    const broken = brokenRule(result.error.issues);
    const path = [field, broken.field].filter(Boolean).join(".");
    throw new VitrineError("BAD_REQUEST", ruleSentence({ ...broken, field: path }), { field: path });
  }
  const files = entriesOf(result.data);
  if (isManifestTooLarge(data.bytes, files.length)) throw manifestError(field);
  return files;
}

function manifestError(field: string): VitrineError {
  const rule = `must be at most ${MANIFEST_BYTES} bytes of JSON for each of at most ${MAX_FILES} files`;
  return new VitrineError("BAD_REQUEST", ruleSentence({ field, rule }), { field });
}

/** Files, and how errors name the data that has them. */
export interface NamedFiles {
  files: FileEntry[];
  field: string;
}

/**
 * Expects that the author may publish files, and keeps their blobs from being deleted until the transaction ends.
 * @throws VitrineError BAD_REQUEST for one that is not stored, or has another size, as for one that the author may not publish
 */
export async function lockBlobs(tx: Database, all: readonly NamedFiles[], author: Author): Promise<void> {
  const sizes = await lockStored(
    tx,
    all.flatMap(({ files }) => files),
    mayPublish(author),
  );
  for (const { files, field } of all) {
    for (const { path, size, sha256 } of files) {
      const stored = sizes.get(sha256);
      if (stored === size) continue;
      const message =
        stored === undefined
          ? `The bytes of "${path}" were not uploaded: send them by PUT /api/blobs/${sha256}.`
          : `"${path}" has ${stored} bytes, not ${size}.`;
      throw new VitrineError("BAD_REQUEST", message, { field });
    }
  }
}

/** The sizes of the blobs that are stored and match a condition, by hash: they are not deleted until the transaction ends. */
export async function lockStored(
  tx: Database,
  files: readonly Pick<FileEntry, "sha256">[],
  which = sql`true`,
): Promise<Map<string, number>> {
  const sha256s = [...new Set(files.map(({ sha256 }) => sha256))];
  if (sha256s.length === 0) return new Map();
  const rows = await tx.execute<{ sha256: string; size: string }>(sql`
    select encode(b.sha256, 'hex') as sha256, b.size from ${blob} b
    where b.sha256 = ${allOf(sha256s)} and b.stored is not null and ${which} for key share of b`);
  return new Map(rows.map(({ sha256, size }) => [sha256, Number(size)]));
}

/** Stores which blobs a version names; they are locked. */
export async function storeFiles(tx: Database, id: string, files: readonly FileEntry[]): Promise<void> {
  await tx.execute(sql`
    insert into ${artifactFile} (artifact_id, path, sha256, size, media_type)
    select ${id}::uuid, path, decode(sha256, 'hex'), size, "mediaType"
    from json_to_recordset(${JSON.stringify(files)}::json) as files (path text, sha256 text, size bigint, "mediaType" text)`);
}

const ENTRY = {
  path: artifactFile.path,
  mediaType: artifactFile.mediaType,
  size: artifactFile.size,
  sha256: artifactFile.sha256,
};

/** The files of a version that are kept, by path. */
export function findFiles(db: Database, id: string): Promise<FileEntry[]> {
  return db.select(ENTRY).from(artifactFile).where(eq(artifactFile.artifactId, id)).orderBy(artifactFile.path);
}

/** One file of a version by its path, or its only one; null where it has none of that path. */
export async function findFile(db: Database, id: string, path: string | null): Promise<FileEntry | null> {
  const [row] = await db
    .select(ENTRY)
    .from(artifactFile)
    .where(
      sql`${artifactFile.artifactId} = ${id}::uuid ${path === null ? sql`` : sql`and ${artifactFile.path} = ${path}`}`,
    )
    .limit(1);
  return row ?? null;
}

/** Whether there is a version of that id, which is not in the trash. */
export async function hasVersion(db: Database, id: string): Promise<boolean> {
  const rows = await db.select({ id: artifact.id }).from(artifact).where(eq(artifact.id, id)).limit(1);
  return rows.length > 0;
}

/** The first of some files that a version has, which is not in the trash; null where it has none of them. */
export async function findFirstFile(db: Database, id: string, paths: readonly string[]): Promise<FileEntry | null> {
  const rows = await db
    .select(ENTRY)
    .from(artifactFile)
    .innerJoin(artifact, eq(artifact.id, artifactFile.artifactId))
    .where(and(eq(artifactFile.artifactId, id), inArray(artifactFile.path, [...paths])));
  return paths.flatMap((path) => rows.filter((row) => row.path === path))[0] ?? null;
}
