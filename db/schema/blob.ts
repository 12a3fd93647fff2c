import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, hex, plainText, timestamp } from "./column";

/** The bytes of files and of large JSON data, each once, by their hash: in the blob store, or here where there is none and they are few. */
export const blob = pgTable(
  "blob",
  {
    sha256: hex("sha256").primaryKey(),
    size: bigint("size", { mode: "number" }).notNull(),
    /** Null: in the blob store. */
    content: bytes("content"),
    created: timestamp("created").notNull(),
    /** How the blob store has the bytes, see `nameOf`. */
    codec: text("codec", { enum: ["none", "gzip"] })
      .notNull()
      .default("none"),
    /** How many bytes it has where they are compressed. */
    storedSize: bigint("stored_size", { mode: "number" }),
    /** When the bytes were last known to be stored; null before that, and from when they are being deleted. */
    stored: timestamp("stored"),
    /** Since when no version has named it. */
    condemned: timestamp("condemned"),
  },
  (table) => [
    check("blob_sha256", sql`octet_length(${table.sha256}) = 32`),
    check("blob_codec", sql`${table.codec} in ('none', 'gzip')`),
    index("blob_condemned").on(table.condemned).where(sql`${table.condemned} is not null`),
  ],
);

/**
 * The files of versions, in the trash or not, by their path; one file has its name as its path. Deleted with the data of the
 * version, by a trigger. Only a blob that is stored, and locked, is named.
 */
export const artifactFile = pgTable(
  "artifact_file",
  {
    artifactId: uuid("artifact_id").notNull(),
    path: plainText("path").notNull(),
    sha256: hex("sha256")
      .notNull()
      .references(() => blob.sha256),
    size: bigint("size", { mode: "number" }).notNull(),
    mediaType: text("media_type").notNull(),
  },
  (table) => [primaryKey({ columns: [table.artifactId, table.path] }), index("artifact_file_sha256").on(table.sha256)],
);

/** Who uploaded a blob in the last 24 hours, and so may publish it. */
export const blobUpload = pgTable(
  "blob_upload",
  {
    sha256: hex("sha256").notNull(),
    actorId: uuid("actor_id").notNull(),
    uploaded: timestamp("uploaded").notNull(),
  },
  (table) => [primaryKey({ columns: [table.sha256, table.actorId] }), index("blob_upload_uploaded").on(table.uploaded)],
);

/** The id of the blob store in which the blobs are: at most one row. */
export const blobStore = pgTable("blob_store", {
  single: boolean("single").primaryKey(),
  id: text("id").notNull(),
  /** Since when large JSON data is stored as blobs; null: it is not, and programs of 0033 and earlier may run. */
  dataSince: timestamp("data_since"),
});
