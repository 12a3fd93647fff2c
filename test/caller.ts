import { plainData } from "#server/http/payload";
import { createChanges } from "#server/models/changes";
import { callerOf } from "#server/routers/app-router";
import type { Role } from "#server/routers/context";
import type { FreshDatabase } from "./database";

/** Every procedure, called in process on a test's own database. */
export function callerOn(fresh: Pick<FreshDatabase, "db">, role: Role | null = "admin") {
  return callerOf({ db: fresh.db, role, data: plainData, changes: createChanges(null) });
}

export type Caller = ReturnType<typeof callerOn>;
