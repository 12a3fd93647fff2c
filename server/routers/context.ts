import type { Json } from "#contract/json";
import type { RawJson } from "#contract/raw-json";
import type { Pools } from "#db/postgres";
import type { Changes } from "../models/changes";

/** What a credential allows: each role includes the one before it. */
export type Role = "read" | "write" | "admin";

/** What every procedure gets with its input. */
export interface Context {
  pools: Pools;
  /** null: no valid credential was sent where one is needed. */
  role: Role | null;
  /** Told of every write, and asked by who watches. */
  changes: Pick<Changes, "changed" | "watch">;
  /** What results have in place of each RawJson; absent: the RawJson itself. */
  encode?: (data: RawJson) => Json;
}
