import type { Address } from "#db/address";
import { connectError, rejectsTimeLimits } from "#db/connect-error";
import { markClosed, type OpenDatabase, openOnce } from "#db/database";
import { startEmbedded } from "#db/embedded/embedded";
import { expectServer } from "#db/expect-server";
import { migrate } from "#db/migrate";
import { type Connection, connect } from "#db/postgres";
import { limitSlots } from "#db/slots";

export interface OpenOptions {
  /** A PostgreSQL 15 or newer; undefined: the embedded one. */
  url?: string | undefined;
  /** Whether statements may be prepared. */
  prepare: boolean;
  /** The number of connections for writes, and of those for searches. */
  poolSize: number;
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
  const { prepare, poolSize } = options;
  const connection = connect(address, { prepare, limits, poolSize });
  try {
    await expectServer(connection.db);
    const migrations = await migrate(connection.db, { log: options.log, mode: options.migrate });
    limitSlots(poolSize);
    return { ...connection, migrations };
  } catch (error) {
    await connection.close();
    // Some poolers reject time limits as startup parameters; the server's own settings hold then.
    if (limits && rejectsTimeLimits(error)) return connectAndMigrate(address, options, false);
    throw connectError(error, address);
  }
}
