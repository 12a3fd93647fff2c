import { StartupError } from "#db/startup-error";
import { openDatabase } from "./open-database";
import { env } from "./process/env";
import { toLogLine } from "./process/log";

/** The names of the migrations that ran, or one sentence on why they could not. */
export type MigrateResult = { applied: string[] } | { error: string };

/** Runs pending migrations on DATABASE_URL, else on the embedded database, which must not be in use by a server. */
export async function runMigrations(log: (line: string) => void): Promise<MigrateResult> {
  try {
    const { databaseUrl: url, prepare, poolSize, dataDir: folder } = env();
    const reached = 'the command "vitrine migrate"';
    const { migrations, close } = await openDatabase({ url, prepare, poolSize, migrate: "on", folder, reached, log });
    await close();
    return { applied: migrations };
  } catch (error) {
    return {
      error: error instanceof StartupError ? error.message : `The migrations failed: ${toLogLine(error)}`,
    };
  }
}
