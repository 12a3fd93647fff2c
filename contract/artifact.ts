import { z } from "zod";
import { type Json, jsonObject } from "./json";
import { Forced } from "./label";
import { MAX_DESCRIPTION, MAX_LIST, MAX_METADATA } from "./limits";
import { atMost, byCursor, byOffset } from "./paging";
import type { Preview } from "./preview";
import { exactJson } from "./raw-json";
import { TagSet } from "./tag";
import { AsOf, Id, Key, name, Reason, Timestamp, text } from "./value";
import { Where } from "./where";

/**
 * An object of any JSON values, without integers beyond 2^53. The order of members and the source of numbers (`1.0`) are
 * lost.
 */
export const Metadata = jsonObject(MAX_METADATA, { exactIntegers: true });
export type Metadata = z.infer<typeof Metadata>;

const Description = text(MAX_DESCRIPTION);

/**
 * The data that viewers and typed publishing expect, by the type of the artifact. Any JSON is accepted for any type;
 * Prefect sends tables as JSON strings and links as markdown. The alternative text of an image is its `metadata.alt`.
 */
export interface DataByType {
  markdown: string;
  /** A list of objects, a list of lists, or an object of lists. */
  table: readonly object[] | { readonly [column: string]: readonly unknown[] };
  link: { url: string; text?: string };
  /** A URL or a data URL. */
  image: string;
  /** From 0 to 100. */
  progress: number;
}

const Data = exactJson();

/** The fields of an artifact to publish. */
export const ArtifactFields = z.strictObject({
  key: Key.nullish(),
  type: name(64).nullish(),
  description: Description.nullish(),
  data: Data.optional(),
  metadata: Metadata.nullish(),
  tags: TagSet.nullish(),
  flowRunId: Id.nullish(),
  taskRunId: Id.nullish(),
  created: Timestamp.optional(),
  reason: Reason.nullish(),
  ifChanged: z.boolean().optional(),
  idempotencyKey: name(255).optional(),
});

/**
 * An artifact to publish. Without a key it has no version number and belongs to no collection. Runs need not exist.
 * The same `idempotencyKey` with the same input returns the artifact of the first call; another input is a CONFLICT.
 * `created` is now by the clock of the database where it is absent; an earlier time must not be before that of the last
 * version of the key, else BAD_REQUEST names the bound. `reason` is shown in the history of the key. `ifChanged` creates nothing where the latest version of the key has
 * the same type, description, metadata and data, to the byte, and the same tags if the input has some, whatever its runs
 * are: it is returned, with `unchanged: true`.
 */
export const ArtifactCreate = ArtifactFields.refine(({ key, ifChanged }) => !ifChanged || key != null, {
  path: ["key"],
  error: "must be set with ifChanged",
});
export type ArtifactCreate = z.input<typeof ArtifactCreate>;

/** Up to 1,000 artifacts, created all or none. */
export const ArtifactCreateMany = z.strictObject({ items: z.array(ArtifactCreate).min(1).max(MAX_LIST) });
export type ArtifactCreateMany = z.input<typeof ArtifactCreateMany>;

/** A change of a version in place: absent fields keep, null clears. A stale `ifUpdated` is a CONFLICT with the current row. */
export const ArtifactUpdate = z.strictObject({
  id: Id,
  description: Description.nullish(),
  data: Data.optional(),
  metadata: Metadata.nullish(),
  tags: TagSet.nullish(),
  ifUpdated: Timestamp.optional(),
  reason: Reason.nullish(),
});
export type ArtifactUpdate = z.input<typeof ArtifactUpdate>;

const numbered = { key: Key, version: z.int().min(1) };

/** One version, by its id or by its key and number. */
export const ArtifactRead = z.union([
  z.strictObject({ id: Id, asOf: AsOf }),
  z.strictObject({ ...numbered, asOf: AsOf }),
]);
export type ArtifactRead = z.infer<typeof ArtifactRead>;

const copying = { reason: Reason.nullish(), idempotencyKey: name(255).optional() };

/**
 * The version of a key to publish a copy of, by its id or by its key and number. The same `idempotencyKey` returns the
 * version of the first call.
 */
export const ArtifactMakeLatest = z.union([
  z.strictObject({ id: Id, ...copying }),
  z.strictObject({ ...numbered, ...copying }),
]);
export type ArtifactMakeLatest = z.infer<typeof ArtifactMakeLatest>;

export const ArtifactIds = z.strictObject({ ids: z.array(Id).min(1).max(MAX_LIST), reason: Reason.nullish() });

/** A version to delete; `force` has the labels that may be lost by that. */
export const ArtifactRemove = z.strictObject({ id: Id, force: Forced, reason: Reason.nullish() });

/** Versions to delete, as `ArtifactRemove`. */
export const ArtifactRemoveMany = ArtifactIds.extend({ force: Forced });

const both = <Name extends string>(name: Name) => [`${name}_ASC`, `${name}_DESC`] as const;

/** Ties are ordered by id, in the same direction. Rows without a key come last in KEY_ASC, first in KEY_DESC. */
export const GeneralSort = z.enum([
  ...(["ID_DESC", "CREATED_DESC", "CREATED_ASC", "UPDATED_DESC", "KEY_ASC", "KEY_DESC"] as const),
  ...both("SIZE"),
]);
export type GeneralSort = z.infer<typeof GeneralSort>;

/** Rows without a number, rows or a type come last in both directions; ties are ordered by id, in the same direction. */
export const ValueSort = z.enum([...both("VERSION"), ...both("NUMBER"), ...both("ROWS"), ...both("TYPE")]);
export type ValueSort = z.infer<typeof ValueSort>;

/** Those of ValueSort sort the versions of one key: `where.artifacts.key.any` has that key alone. */
export const ArtifactSort = z.enum([...GeneralSort.options, ...ValueSort.options]);
export type ArtifactSort = z.infer<typeof ArtifactSort>;

/** Sorts keys by their latest version, or by how many versions they have. */
export const CollectionSort = z.enum([...ArtifactSort.options, ...both("VERSIONS")]);
export type CollectionSort = z.infer<typeof CollectionSort>;

/** Whether an index has the order of a sort among the versions of all keys, or the filter names one key. */
function isSortable({ sort, where }: { sort: ArtifactSort; where?: Where | undefined }): boolean {
  return GeneralSort.safeParse(sort).success || where?.artifacts?.key?.any?.length === 1;
}

const needsKey = {
  path: ["sort"],
  error: "must be SIZE, CREATED, UPDATED, KEY or ID unless where.artifacts.key.any has one key",
};

/** Fields that lists leave out unless they are named here. */
export const Include = z
  .array(z.enum(["data", "preview", "labels"]))
  .max(3)
  .optional();

export const ArtifactList = z
  .strictObject({
    where: Where.optional(),
    sort: ArtifactSort.default("CREATED_DESC"),
    include: Include,
    asOf: AsOf,
    ...byOffset,
  })
  .refine(isSortable, needsKey)
  .prefault({});
export type ArtifactList = z.infer<typeof ArtifactList>;

export const ArtifactPage = z
  .strictObject({
    where: Where.optional(),
    sort: ArtifactSort.default("CREATED_DESC"),
    include: Include,
    asOf: AsOf,
    ...byCursor,
  })
  .refine(isSortable, needsKey)
  .prefault({});
export type ArtifactPage = z.infer<typeof ArtifactPage>;

export const ArtifactCount = z.strictObject({ where: Where.optional(), atMost, asOf: AsOf }).prefault({});
export type ArtifactCount = z.infer<typeof ArtifactCount>;

export const ArtifactFacets = z.strictObject({ where: Where.optional(), asOf: AsOf }).prefault({});
export type ArtifactFacets = z.infer<typeof ArtifactFacets>;

/** A version, in lists without its data. `Data` is RawJson inside the server. */
export interface Artifact<Data = Json> {
  id: string;
  key: string | null;
  /** Counts from 1 under its key and is never reused; null without a key. */
  version: number | null;
  type: string | null;
  description: string | null;
  metadata: Metadata | null;
  /** The tags of the version itself, sorted; those of its key are in `about` of the collection. */
  tags: string[];
  flowRunId: string | null;
  taskRunId: string | null;
  created: string;
  updated: string;
  /** The size of the stored data in bytes; of the types `file` and `files`, that of the files together. */
  size: number;
  /** The rows of a table without its head row; how many `files` there are; null for other types, and for data that is not a table. */
  rows: number | null;
  /** The data if it is a number, else null. */
  number: number | null;
  /** The SHA-256 of the data, exactly as stored in UTF-8, in hex; null until it is made for versions of earlier programs. */
  sha256: string | null;
  /** The number of the version that this one is a copy of (`makeLatest`), else null. */
  restoredFrom: number | null;
  /** Present with `include: ["data"]`. */
  data?: Data;
  /** The beginning of the data, present with `include: ["preview"]`; null for numbers, and until it is made for old versions. */
  preview?: Preview | null;
  /** The labels that name the version, sorted, present with `include: ["labels"]`. */
  labels?: string[];
}

/** A created version; with `ifChanged` and in `makeLatest`, the latest version where it has the same content. */
export interface ArtifactCreated extends Artifact {
  /** Present where nothing was created. */
  unchanged?: true;
}

/** A version with its data and its neighbours under the same key. */
export interface ArtifactDetail<Data = Json> extends Artifact<Data> {
  data: Data;
  /** Whether its key has no newer version that is not deleted; true without a key. */
  isLatest: boolean;
  /** The id of the next older version that is not deleted, or null. */
  older: string | null;
  /** The id of the next newer version that is not deleted, or null. */
  newer: string | null;
}

/** A deleted version; `latest` is now the latest version of its key, null if there is none. */
export interface ArtifactRemoved {
  id: string;
  key: string | null;
  version: number | null;
  latest: number | null;
}

/** Versions that were deleted together: `trash.restoreRemoval` undoes it. `missing` are ids that were not found. */
export interface ArtifactsRemoved {
  removal: string;
  removed: ArtifactRemoved[];
  missing: string[];
}

/** Restored versions; `missing` are ids that were not in the trash. */
export interface ArtifactsRestored {
  restored: Artifact[];
  missing: string[];
}
