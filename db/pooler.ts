import type { Sql } from "postgres";
import { type Address, APPLICATION_NAME, openClient } from "./address";
import { codeOf, StartupError } from "./startup-error";

/**
 * What is between this program and PostgreSQL: nothing, or a pooler that keeps a connection of PostgreSQL for each of this
 * program's ("session"), or for each transaction only ("transaction").
 */
export type Pooler = "none" | "session" | "transaction";

const ROUNDS = 3;

/**
 * Whether transactions of two connections can share one of PostgreSQL's. Leaves no trace in a shared connection.
 * @throws StartupError for a pooler that allows no transactions
 */
export async function sharesConnections(address: Address): Promise<boolean> {
  const clients = [open(address), open(address)] as const;
  try {
    const owners = new Map<unknown, Sql>();
    const processes = new Map<Sql, unknown>();
    for (let round = 0; round < ROUNDS; round++) {
      // Twice the first: poolers may use their connections in turn.
      for (const client of [clients[0], ...clients]) {
        const [row] = await client.unsafe("select pg_backend_pid() as pid");
        const isShared = (owners.get(row?.pid) ?? client) !== client;
        const isAnother = (processes.get(client) ?? row?.pid) !== row?.pid;
        if (isShared || isAnother) return await allowsTransactions(client);
        owners.set(row?.pid, client);
        processes.set(client, row?.pid);
      }
    }
    return false;
  } finally {
    await Promise.all(clients.map((client) => client.end({ timeout: 1 })));
  }
}

/** @param hasLimits whether it keeps limits of time that are set at connect */
export async function detectPooler(address: Address, hasLimits: boolean): Promise<Pooler> {
  if (await sharesConnections(address)) return "transaction";
  return hasLimits ? "none" : "session";
}

/** A sentence for people who run a server. */
export function poolerNote(pooler: Pooler): string | null {
  if (pooler === "none") return null;
  const limits = "time limits are set in each transaction";
  if (pooler === "session") return `The database is behind a pooler in session mode: ${limits}.`;
  return `The database is behind a pooler in transaction mode: statements are not prepared, ${limits}, and without DATABASE_DIRECT_URL pages show changes of other servers after 15 s.`;
}

async function allowsTransactions(client: Sql): Promise<true> {
  try {
    await client.unsafe("begin");
    await client.unsafe("commit");
    return true;
  } catch (error) {
    if (codeOf(error) !== "CONNECTION_CLOSED") throw error;
    throw new StartupError("The pooler in DATABASE_URL allows no transactions: set its pool_mode to transaction.");
  }
}

function open(address: Address): Sql {
  const options = {
    max: 1,
    prepare: false,
    connect_timeout: 5,
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: APPLICATION_NAME },
  };
  return openClient(address, options);
}
