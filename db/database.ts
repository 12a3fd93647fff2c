import { sql } from "drizzle-orm";
import { type Embedded, embedded } from "./embedded";
import { migrate } from "./migrate";
import { type Address, type Connection, connect, type Database } from "./postgres";
import { Refusal } from "./refusal";
import { refusalOf, takesNoLimits } from "./unreachable";

/** The process's own database. */
export interface Opened {
  db: Database;
  address: Address;
  engine: "embedded" | "external";
  /** Closes the connections, then the embedded PostgreSQL. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A PostgreSQL 15 or newer; undefined: the embedded one. */
  url?: string | undefined;
  /** Whether statements may be prepared. */
  prepare: boolean;
  /** The data folder of the embedded one. */
  folder: string;
  /** Where this server is reached: said to a second one on the same data. */
  reached: string;
  /** Told what happens, a line each. */
  say(line: string): void;
}

const NAME = Symbol.for("vitrine.database");

// On globalThis, for Next evaluates modules more than once and the database is one.
const holder = globalThis as { [NAME]?: { opening: Promise<Opened>; opened?: Opened } }; // only this file knows the name

/**
 * Opens the process's database, migrated, unless that was done or begun: then that one is given.
 * @throws Refusal with the sentence for whoever starts the server
 */
export function open(options: OpenOptions): Promise<Opened> {
  if (holder[NAME]) return holder[NAME].opening;
  const opening = begin(options);
  holder[NAME] = { opening };
  opening.then(
    (opened) => {
      if (holder[NAME]) holder[NAME].opened = opened;
    },
    () => {
      delete holder[NAME];
    },
  );
  return opening;
}

/** The process's database. @throws Error before it is open */
export function database(): Database {
  const opened = holder[NAME]?.opened;
  if (!opened) throw new Error("The database is not open: the process opens it before it takes requests.");
  return opened.db;
}

async function begin(options: OpenOptions): Promise<Opened> {
  if (options.url) {
    const connection = await reach(options.url, options);
    return { ...connection, address: options.url, engine: "external", close: () => forget(connection.close) };
  }
  options.say("Starting PostgreSQL …");
  const own = await embedded(options);
  const connection = await reach(own.address, options).catch(async (error) => {
    await own.close();
    throw error;
  });
  return { ...connection, address: own.address, engine: "embedded", close: () => forget(connection.close, own) };
}

async function forget(close: () => Promise<void>, own?: Embedded): Promise<void> {
  delete holder[NAME];
  await close();
  await own?.close();
}

/** Connects, looks at the version and migrates. */
async function reach(address: Address, { prepare, say }: OpenOptions): Promise<Connection> {
  const connection = await fitting(address, prepare);
  try {
    await refuseOld(connection.db);
    await migrate(connection.db, (pending) => say(`Migrating the database (${pending} to do) …`));
    return connection;
  } catch (error) {
    await connection.close();
    throw refusalOf(error, address);
  }
}

/** A pooler between may take no limits of time at connect; then the server's own settings hold. */
async function fitting(address: Address, prepare: boolean): Promise<Connection> {
  const connection = connect(address, { prepare });
  const refused = await connection.db.execute(sql`select 1`).then(() => null, takesNoLimits);
  if (!refused) return connection;
  await connection.close();
  return connect(address, { prepare, limits: false });
}

async function refuseOld(db: Database): Promise<void> {
  const [row] = await db.execute<{ version: string }>(sql`select current_setting('server_version_num') as version`);
  const major = Math.floor(Number(row?.version) / 10_000);
  if (major >= 15) return;
  throw new Refusal(
    `DATABASE_URL is a PostgreSQL ${major}, and Vitrine needs 15 or newer: upgrade it, or use another.`,
  );
}
