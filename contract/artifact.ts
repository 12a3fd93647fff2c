import { z } from "zod";
import { type Json, jsonObject } from "./json";
import { MAX_DESCRIPTION, MAX_LIST, MAX_METADATA } from "./limits";
import { atMost, byCursor, byOffset } from "./query";
import { exactJson } from "./raw-json";
import { Id, Key, name, Timestamp, text } from "./value";
import { Where } from "./where";

/** Names to any JSON values. Key order and the spelling of numbers are not kept; everything else is, or is refused. */
export const Metadata = jsonObject(MAX_METADATA);
export type Metadata = z.infer<typeof Metadata>;

const Description = text(MAX_DESCRIPTION);

/**
 * The shapes of data that pages and typed publishing know, by the artifact's type; the words of an image stand in its
 * `metadata.alt`. The store takes any JSON for any type. (Prefect also sends tables as JSON text and links as markdown.)
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

/**
 * What is published. Without a key the artifact belongs to no collection and has no version number.
 * The run ids need not be known. The same `idempotencyKey` with the same body gives the same artifact.
 */
export const ArtifactCreate = z.strictObject({
  key: Key.nullish(),
  type: name(64).nullish(),
  description: Description.nullish(),
  data: Data.optional(),
  metadata: Metadata.nullish(),
  flowRunId: Id.nullish(),
  taskRunId: Id.nullish(),
  idempotencyKey: name(255).optional(),
});
export type ArtifactCreate = z.input<typeof ArtifactCreate>;

/** Up to 1,000 artifacts that are made together or not at all. */
export const ArtifactCreateMany = z.strictObject({ items: z.array(ArtifactCreate).min(1).max(MAX_LIST) });
export type ArtifactCreateMany = z.input<typeof ArtifactCreateMany>;

/** A change of a version in place: absent keeps, null clears. A stale `ifUpdated` is a CONFLICT that carries the current row. */
export const ArtifactUpdate = z.strictObject({
  id: Id,
  description: Description.nullish(),
  data: Data.optional(),
  metadata: Metadata.nullish(),
  ifUpdated: Timestamp.optional(),
});
export type ArtifactUpdate = z.input<typeof ArtifactUpdate>;

/** One version, by its id or by its key and number. */
export const ArtifactRead = z.union([
  z.strictObject({ id: Id }),
  z.strictObject({ key: Key, version: z.int().min(1) }),
]);
export type ArtifactRead = z.infer<typeof ArtifactRead>;

/** Names 1 to 1,000 artifacts. */
export const ArtifactIds = z.strictObject({ ids: z.array(Id).min(1).max(MAX_LIST) });

/** Total orders: each has the id as tie-break, in its own direction. Rows without a key come last in KEY_ASC, first in KEY_DESC. */
export const ArtifactSort = z.enum(["ID_DESC", "CREATED_DESC", "CREATED_ASC", "UPDATED_DESC", "KEY_ASC", "KEY_DESC"]);
export type ArtifactSort = z.infer<typeof ArtifactSort>;

const Include = z
  .array(z.enum(["data"]))
  .max(1)
  .optional();

/** Input of `artifact.list`. */
export const ArtifactList = z
  .strictObject({
    where: Where.optional(),
    sort: ArtifactSort.default("CREATED_DESC"),
    include: Include,
    ...byOffset,
  })
  .prefault({});
export type ArtifactList = z.infer<typeof ArtifactList>;

/** Input of `artifact.page`. */
export const ArtifactPage = z
  .strictObject({
    where: Where.optional(),
    sort: ArtifactSort.default("CREATED_DESC"),
    include: Include,
    ...byCursor,
  })
  .prefault({});
export type ArtifactPage = z.infer<typeof ArtifactPage>;

/** Input of `artifact.count`. */
export const ArtifactCount = z.strictObject({ where: Where.optional(), atMost }).prefault({});
export type ArtifactCount = z.infer<typeof ArtifactCount>;

/** Input of `artifact.facets`. */
export const ArtifactFacets = z.strictObject({ where: Where.optional() }).prefault({});
export type ArtifactFacets = z.infer<typeof ArtifactFacets>;

/** One version as lists give it: everything but its data. `Data` is RawJson inside the server. */
export interface Artifact<Data = Json> {
  id: string;
  key: string | null;
  /** Counts up from 1 under its key and is never used again; null without a key. */
  version: number | null;
  type: string | null;
  description: string | null;
  metadata: Metadata | null;
  flowRunId: string | null;
  taskRunId: string | null;
  created: string;
  updated: string;
  /** The data's size in bytes, as stored. */
  size: number;
  /** How many rows a table has; null for other data. */
  rows: number | null;
  /** The data where it is a number, progress included; else null. */
  number: number | null;
  /** Only where `include: ["data"]` asked for it. */
  data?: Data;
}

/** One version with its data and its neighbours under the same key. */
export interface ArtifactDetail<Data = Json> extends Artifact<Data> {
  data: Data;
  /** Whether no newer version of its key lives; true without a key. */
  isLatest: boolean;
  /** The id of the next older living version, or null. */
  older: string | null;
  /** The id of the next newer living version, or null. */
  newer: string | null;
}

/** What a removal leaves: the version that went, and which one is the latest of its key now (null when none lives). */
export interface ArtifactRemoved {
  id: string;
  key: string | null;
  version: number | null;
  latest: number | null;
}

/** What removing many leaves: one `removal` undoes it whole; ids that were not living are listed as `missing`. */
export interface ArtifactsRemoved {
  removal: string;
  removed: ArtifactRemoved[];
  missing: string[];
}

/** What restoring many gives: the rows, and the ids that were not in the trash. */
export interface ArtifactsRestored {
  restored: Artifact[];
  missing: string[];
}
