import type { FreshDatabase } from "#db/testing";
import type { Role } from "./context";
import { createChanges } from "./models/changes";
import { plainData } from "./payload";
import { callerOf } from "./router";

/** Every procedure, called in process on a test's own database. */
export function callerOn(fresh: Pick<FreshDatabase, "db">, role: Role | null = "admin") {
  return callerOf({ db: fresh.db, role, data: plainData, changes: createChanges(null) });
}

export type Caller = ReturnType<typeof callerOn>;
