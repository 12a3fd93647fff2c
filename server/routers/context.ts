import type { Json } from "#contract/json";
import type { Database } from "#db/postgres";
import type { Changes } from "../models/changes";

/** What a credential allows: each role includes the one before it. */
export type Role = "read" | "write" | "admin";

/** How `data` crosses a door: in as the caller's own JSON text, out without losing what JavaScript cannot hold. */
export interface DataDoor {
  /** The JSON text of a `data` input; refused when it is too large, too deep or not JSON. */
  text(value: unknown): string;
  /** What the procedure answers for a stored text; the door puts the text itself in its place. */
  value(text: string): Json;
}

/** What every procedure gets with its input. */
export interface Context {
  db: Database;
  /** null: no valid credential was sent where one is needed. */
  role: Role | null;
  data: DataDoor;
  /** Told of every write, and asked by who watches. */
  changes: Pick<Changes, "changed" | "watch">;
}
