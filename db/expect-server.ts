import { sql } from "drizzle-orm";
import type { Database } from "./postgres";
import { StartupError } from "./startup-error";

const OLDEST = 15;

/** Programs that speak PostgreSQL's protocol and report its version, by a part of `version()`, and what they lack. */
const OTHERS: [RegExp, string][] = [
  [/^CockroachDB/, "CockroachDB, which has no LISTEN and no deferrable constraints"],
  [/-YB-/, "YugabyteDB, which has no deferrable constraints and no LOCK TABLE"],
];

/**
 * Checks what the database is.
 * @returns whether the connection ends at PostgreSQL itself, and whether it keeps limits of time set at connect
 * @throws StartupError where the database is not a PostgreSQL 15 or newer; 25006 where it takes no writes
 */
export async function expectServer(db: Database): Promise<{ isDirect: boolean; hasLimits: boolean }> {
  const rows = await db.execute<Record<"name" | "number" | "readonly" | "timeout" | "pid", string>>(sql`
    select version() as name, current_setting('server_version_num') as number,
      current_setting('transaction_read_only') as readonly, current_setting('statement_timeout') as timeout,
      pg_backend_pid()::text as pid`);
  const [server] = rows;
  const problem = versionProblem(server?.name ?? "", Number(server?.number));
  if (problem) throw new StartupError(problem);
  // On a standby too. Where no migration is pending, a start would write nothing that could fail.
  if (server?.readonly === "on") throw Object.assign(new Error("read-only"), { code: "25006" });
  // A pooler sends keys of its own for cancelling statements.
  return { isDirect: Number(server?.pid) === rows.state.pid, hasLimits: server?.timeout !== "0" };
}

/**
 * @param name `version()`
 * @param number `server_version_num`
 * @returns a sentence where it cannot be used
 */
export function versionProblem(name: string, number: number): string | null {
  const [, other] = OTHERS.find(([pattern]) => pattern.test(name)) ?? [];
  if (other) return `DATABASE_URL is a ${other}, and Vitrine needs PostgreSQL ${OLDEST} or newer: use another.`;
  const major = Math.floor(number / 10_000);
  if (major >= OLDEST) return null;
  return `DATABASE_URL is a PostgreSQL ${major}, and Vitrine needs ${OLDEST} or newer: upgrade it, or use another.`;
}
