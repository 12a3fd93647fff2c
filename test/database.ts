import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { type Address, type Connection, connect, type Database } from "#db/postgres";
import { addressOf, TEMPLATE } from "./template";

/** A migrated database of a test file's own, dropped when its scope ends. */
export interface FreshDatabase extends AsyncDisposable {
  db: Database;
  address: Address;
  /** The same as a URL, for a process that takes DATABASE_URL. */
  url: string;
  /** Another pool on the same database; closed with it. */
  connect(): Connection;
}

declare module "vitest" {
  export interface ProvidedContext {
    /** The socket folder of the PostgreSQL that this run started. */
    socket: string;
    /** By how much random tests multiply their runs. */
    runs: number;
  }
}

/**
 * Makes a database: `await using fresh = await freshDatabase()`, or dispose of it in afterAll.
 * It takes some 30 ms; nothing else ever writes to it.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const socket = inject("socket");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(socket, `create database ${name} template ${TEMPLATE}`);
  const address = addressOf(socket, name);
  const first = connect(address);
  const opened = [first];
  return {
    db: first.db,
    address,
    url: `postgres:///${name}?host=${encodeURIComponent(socket)}&user=vitrine`,
    connect() {
      const another = connect(address);
      opened.push(another);
      return another;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((each) => each.close()));
      await administer(socket, `drop database ${name} with (force)`);
    },
  };
}

async function administer(socket: string, statement: string): Promise<void> {
  const { db, close } = connect(addressOf(socket, "postgres"));
  await db.execute(statement);
  await close();
}
