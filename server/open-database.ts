import { sql } from "drizzle-orm";
import { forget, type Opened, once } from "#db/database";
import { type Embedded, embedded } from "#db/embedded/embedded";
import { migrate } from "#db/migrate";
import { type Address, type Connection, connect, type Database } from "#db/postgres";
import { StartupError } from "#db/startup-error";
import { refusalOf, takesNoLimits } from "#db/unreachable";

export interface OpenOptions {
  /** A PostgreSQL 15 or newer; undefined: the embedded one. */
  url?: string | undefined;
  /** Whether statements may be prepared. */
  prepare: boolean;
  /** "off": a database with pending migrations is an error. */
  migrate: "on" | "off";
  /** The data folder of the embedded one. */
  folder: string;
  /** Where this server is reached: said to a second one on the same data. */
  reached: string;
  /** Told what happens, a line each. */
  say(line: string): void;
}

/**
 * Opens the process's database, migrated, unless that was done or begun: then that one is given.
 * @throws Refusal with the sentence for whoever starts the server
 */
export function open(options: OpenOptions): Promise<Opened> {
  return once(() => begin(options));
}

async function begin(options: OpenOptions): Promise<Opened> {
  if (options.url) {
    const connection = await reach(options.url, options);
    return { ...connection, address: options.url, engine: "external", close: () => closed(connection.close) };
  }
  options.say("Starting PostgreSQL …");
  const own = await embedded(options);
  const connection = await reach(own.address, options).catch(async (error) => {
    await own.close();
    throw error;
  });
  return { ...connection, address: own.address, engine: "embedded", close: () => closed(connection.close, own) };
}

async function closed(close: () => Promise<void>, own?: Embedded): Promise<void> {
  forget();
  await close();
  await own?.close();
}

/** Connects, looks at the version and migrates. */
async function reach(address: Address, options: OpenOptions, limits = true): Promise<Connection> {
  const connection = connect(address, { prepare: options.prepare, limits });
  try {
    await refuseOld(connection.db);
    await migrate(connection.db, { log: options.say, mode: options.migrate });
    return connection;
  } catch (error) {
    await connection.close();
    // A pooler between may take no limits of time at connect; then the server's own settings hold.
    if (limits && takesNoLimits(error)) return reach(address, options, false);
    throw refusalOf(error, address);
  }
}

async function refuseOld(db: Database): Promise<void> {
  const [row] = await db.execute<{ version: string }>(sql`select current_setting('server_version_num') as version`);
  const major = Math.floor(Number(row?.version) / 10_000);
  if (major >= 15) return;
  throw new StartupError(
    `DATABASE_URL is a PostgreSQL ${major}, and Vitrine needs 15 or newer: upgrade it, or use another.`,
  );
}
