import { sql } from "drizzle-orm";
import { connectError, rejectsTimeLimits } from "#db/connect-error";
import { markClosed, type OpenDatabase, openOnce } from "#db/database";
import { startEmbedded } from "#db/embedded/embedded";
import { migrate } from "#db/migrate";
import { type Address, type Connection, connect, type Database } from "#db/postgres";
import { StartupError } from "#db/startup-error";

export interface OpenOptions {
  /** A PostgreSQL 15 or newer; undefined: the embedded one. */
  url?: string | undefined;
  /** Whether statements may be prepared. */
  prepare: boolean;
  /** "off": a database with pending migrations is an error. */
  migrate: "on" | "off";
  /** The data folder of the embedded one. */
  folder: string;
  /** The address of this server, for the error of a second one on the same data. */
  reached: string;
  log(line: string): void;
}

/**
 * Opens and migrates the process's database, unless it is open or opening.
 * @throws StartupError
 */
export function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  return openOnce(() => (options.url ? openExternal(options.url, options) : openEmbedded(options)));
}

async function openExternal(url: string, options: OpenOptions): Promise<OpenDatabase> {
  const { pools, migrations, close } = await connectAndMigrate(url, options);
  return {
    pools,
    address: url,
    migrations,
    async close() {
      markClosed();
      await close();
    },
  };
}

async function openEmbedded(options: OpenOptions): Promise<OpenDatabase> {
  options.log("Starting PostgreSQL …");
  const { address, close: stop } = await startEmbedded(options);
  try {
    const { pools, migrations, close } = await connectAndMigrate(address, options);
    return {
      pools,
      address,
      migrations,
      async close() {
        markClosed();
        await close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connectAndMigrate(
  address: Address,
  options: OpenOptions,
  limits = true,
): Promise<Connection & { migrations: string[] }> {
  const connection = connect(address, { prepare: options.prepare, limits });
  try {
    await expectVersion(connection.db);
    const migrations = await migrate(connection.db, { log: options.log, mode: options.migrate });
    return { ...connection, migrations };
  } catch (error) {
    await connection.close();
    // Some poolers reject time limits as startup parameters; the server's own settings hold then.
    if (limits && rejectsTimeLimits(error)) return connectAndMigrate(address, options, false);
    throw connectError(error, address);
  }
}

async function expectVersion(db: Database): Promise<void> {
  const [row] = await db.execute<{ version: string }>(sql`select current_setting('server_version_num') as version`);
  const major = Math.floor(Number(row?.version) / 10_000);
  if (major >= 15) return;
  throw new StartupError(
    `DATABASE_URL is a PostgreSQL ${major}, and Vitrine needs 15 or newer: upgrade it, or use another.`,
  );
}
