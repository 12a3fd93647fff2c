import { z } from "zod";
import { Counts, Whole } from "./backup";
import { Id } from "./value";

/** A rule of the data (see docs/architecture.md) that the rows of a key break. */
export interface Violation {
  law: 1 | 2 | 3 | 4 | 6 | 11 | 12 | 13 | 14;
  key: string;
  problem: string;
}

/** Input of `admin.checkData`, `admin.checkSearch` and `admin.repairSearch`: the `next` of the batch before; absent for the first. */
export const AdminCheckData = z.strictObject({ after: Id.optional() }).prefault({});
export type AdminCheckData = z.infer<typeof AdminCheckData>;

/** A batch of versions whose data was checked; `next` is null after the last one. */
export interface DataCheck {
  violations: Violation[];
  checked: number;
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
