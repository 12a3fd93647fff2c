import type { Address } from "#db/address";
import { causes, connectError } from "#db/connect-error";
import { rejectsTimeLimits } from "#db/connection/loss";
import { markClosed, type OpenDatabase, openOnce } from "#db/database";
import { startEmbedded } from "#db/embedded/embedded";
import { expectServer } from "#db/expect-server";
import { migrate } from "#db/migrate";
import { detectPooler, type Pooler, poolerNote } from "#db/pooler";
import { type Connection, connect } from "#db/postgres";
import { limitSlots } from "#db/slots";
import { leaveChannel } from "./changes";

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
): Promise<Connection & { migrations: string[] }> {
  const connection = await connectToServer(address, options).catch((error) => {
    throw connectError(error, address);
  });
  try {
    const { db, pools } = connection;
    logPooler(pools.pooler, options);
    const migrations = await migrate(db, { log: options.log, mode: options.migrate });
    limitSlots(options.poolSize);
    return { ...connection, migrations };
  } catch (error) {
    await connection.close();
    throw connectError(error, address);
  }
}

/** Connects as what is between this process and PostgreSQL allows. */
async function connectToServer(address: Address, options: OpenOptions, pooler?: Pooler): Promise<Connection> {
  const { prepare, poolSize } = options;
  let isKnown = false;
  const onPooler = () => {
    if (!isKnown) return;
    logPooler("transaction", options);
    leaveChannel();
  };
  const connection = connect(address, { prepare, poolSize, pooler: pooler ?? "none", onPooler });
  try {
    const { isDirect, hasLimits } = await expectServer(connection.db);
    const found = pooler ?? (isDirect ? "none" : await detectPooler(address, hasLimits));
    isKnown = true;
    if (found === connection.pools.pooler) return connection;
    await connection.close();
    return connectToServer(address, options, found);
  } catch (error) {
    await connection.close();
    if (pooler || !causes(error).some(rejectsTimeLimits)) throw error;
    return connectToServer(address, options, await detectPooler(address, false));
  }
}

function logPooler(pooler: Pooler, { log }: OpenOptions): void {
  const note = poolerNote(pooler);
  if (note) log(note);
}
