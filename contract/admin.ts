import { z } from "zod";
import { Counts, Whole } from "./backup";
import { Sha256 } from "./file";
import { Id } from "./value";

/** A rule of the data (see docs/architecture.md) that the rows of a key break. */
export interface Violation {
  law: 1 | 2 | 3 | 4 | 6 | 11 | 12 | 13 | 14 | 15;
  key: string;
  problem: string;
}

/** Input of `admin.checkData`, `admin.checkSearch` and `admin.repairSearch`: the `next` of the batch before; absent for the first. */
export const AdminCheckData = z.strictObject({ after: Id.optional() }).prefault({});
export type AdminCheckData = z.infer<typeof AdminCheckData>;

/** Input of `admin.checkFiles`: the `next` of the batch before; absent for the first. */
export const AdminCheckFiles = z.strictObject({ after: Sha256.optional() }).prefault({});
export type AdminCheckFiles = z.infer<typeof AdminCheckFiles>;

/** A batch of versions whose data was checked; `next` is null after the last one. */
export interface DataCheck {
  violations: Violation[];
  checked: number;
  next: string | null;
}

/** Input of `admin.repairFiles`: as of `admin.checkFiles`, and whether files that the database does not know are deleted. */
export const AdminRepairFiles = z
  .strictObject({ after: Sha256.optional(), orphans: z.boolean().default(false) })
  .prefault({});
export type AdminRepairFiles = z.infer<typeof AdminRepairFiles>;

/** How many files, and how many bytes the blob store has of them. */
export interface BlobSum {
  count: number;
  bytes: number;
}

/** A batch of files that was checked. */
export interface FilesCheck extends DataCheck {
  /** What the blob store has and the database does not know, with the names of the first 10 objects. */
  orphans: BlobSum & { names: string[] };
  /** What the database knows and no version names: it is deleted two days after it was last uploaded. */
  unnamed: BlobSum;
}

/**
 * Input of `admin.moveData`: where large data goes, and the `next` of the batch before; absent for the first. `confirmed` says that no
 * server of an earlier version runs, where a pooler hides them.
 */
export const AdminMoveData = z.strictObject({
  to: z.enum(["blobs", "inline"]),
  after: Id.optional(),
  confirmed: z.boolean().default(false),
});
export type AdminMoveData = z.infer<typeof AdminMoveData>;

/** A batch of data that was moved; `next` is null after the last one. */
export interface DataMoved {
  moved: number;
  bytes: number;
  /** How much stays a blob, as the blob store does not have its bytes. */
  lost: number;
  /** How much is a blob after the last batch on the way back: more than was lost was added meanwhile, so begin again. */
  left: number;
  next: string | null;
}

/** How a server reaches its database. */
export interface DatabaseStatus {
  /** The mode of the connection pooler in between. */
  pooler: "none" | "session" | "transaction";
  /** What the pooler means, in a sentence; null without one. */
  note: string | null;
}

/** Input of `admin.restore`: the id of a backup. */
export const AdminRestore = z.strictObject({ backup: Id });

/** Which parts of a backup the server has, by number, or that it is restored. */
export interface RestoreState {
  done: boolean;
  parts: number[];
}

/** A line of JSON in the response of a restore: how far it is; at the end, the rows of each table, or the error. */
export const RestoreMessage = z.union([
  z.strictObject({ done: Whole, total: Whole }),
  z.strictObject({ restored: Counts, violations: Whole }),
  z.strictObject({ error: z.looseObject({ code: z.string(), message: z.string() }) }),
]);
export type RestoreMessage = z.infer<typeof RestoreMessage>;
