import { z } from "zod";
import type { Json } from "./json";
import { MAX_LIST } from "./limits";
import { atMost, byCursor, byOffset } from "./paging";
import { Id, Key, name, Timestamp } from "./value";

/** Who writes: a signed-in person, an API key, anyone on a server without keys, or the server itself. */
export const ActorKind = z.enum(["person", "key", "local", "system"]);
export type ActorKind = z.infer<typeof ActorKind>;

export interface Actor {
  id: string;
  kind: ActorKind;
  /** Of an API key, its name; of a deleted person, a neutral one. */
  name: string;
}

/** The header by which a program says what it is; recorded as claimed, since anyone can send it. */
export const SERVICE_HEADER = "vitrine-service";

/** The header by which a program says which flow run it is part of; recorded as claimed. */
export const FLOW_RUN_HEADER = "vitrine-flow-run";

export const Service = name(64);

const choice = <Schema extends z.ZodType>(schema: Schema) => z.array(schema).min(1).max(MAX_LIST).nullish();

/** Events that match every given condition; times are inclusive. */
export const EventWhere = z.strictObject({
  verbs: choice(name(64)),
  actors: choice(Id),
  key: Key.nullish(),
  artifactId: Id.nullish(),
  flowRunId: Id.nullish(),
  service: Service.nullish(),
  requestId: name(128).nullish(),
  after: Timestamp.nullish(),
  before: Timestamp.nullish(),
});
export type EventWhere = z.infer<typeof EventWhere>;

export const EventList = z.strictObject({ where: EventWhere.optional(), ...byOffset }).prefault({});
export type EventList = z.infer<typeof EventList>;

export const EventPage = z.strictObject({ where: EventWhere.optional(), ...byCursor }).prefault({});
export type EventPage = z.infer<typeof EventPage>;

/** The events of one artifact, with or without a key. */
export const ArtifactHistory = z.strictObject({ id: Id, ...byCursor });
export type ArtifactHistory = z.infer<typeof ArtifactHistory>;

/** The events of all versions of a key. */
export const CollectionHistory = z.strictObject({ key: Key, ...byCursor });
export type CollectionHistory = z.infer<typeof CollectionHistory>;

export const EventCount = z.strictObject({ where: EventWhere.optional(), atMost }).prefault({});
export type EventCount = z.infer<typeof EventCount>;

/** What events are recorded of: a noun and what was done with it. */
export type EventVerb =
  | `artifact.${"create" | "update" | "revert" | "remove" | "restore" | "purge"}`
  | `collection.${"update" | "rename" | "label"}`
  | `${"flow" | "deployment" | "flowRun"}.${"create" | "update" | "remove"}`
  | "taskRun.remove"
  | `view.${"create" | "update" | "remove"}`
  | `session.${"start" | "end"}`
  | `apiKey.${"create" | "update" | "revoke"}`
  | `person.${"remove" | "signOut"}`
  | "admin.protectLabels"
  | `database.${"import" | "restore"}`
  | "event.purge";

/** A write, recorded in its transaction. */
export interface Event {
  id: string;
  time: string;
  /** Null for writes of programs before 0.2. */
  actor: Actor | null;
  /** What the caller claims to be, see `SERVICE_HEADER`. */
  service: string | null;
  /** The flow run that the caller claims to be, or that of a published version. */
  flowRunId: string | null;
  /** A noun and what was done with it: `artifact.create`. */
  verb: string;
  key: string | null;
  /** Null where one event is recorded for several versions: `after.versions` says how many. */
  artifactId: string | null;
  /** The greatest, where one event is recorded for several versions. */
  version: number | null;
  reason: string | null;
  requestId: string | null;
  /**
   * The fields that changed, without data, in at most 4 KiB: `cut` names those that are shortened or left out. After an
   * update `revision` is the number of the revision that it made.
   */
  before: { [field: string]: Json } | null;
  after: { [field: string]: Json } | null;
}
