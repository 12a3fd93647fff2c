import { afterAll, inject } from "vitest";
import type { Address } from "#db/address";
import { type Connection, type ConnectOptions, connect, type Database, type Pools } from "#db/postgres";
import { administer, copyDatabase, TEMPLATE, urlOf } from "./template";

/** A database of a test file's own, dropped when its scope ends. */
export interface FreshDatabase extends AsyncDisposable {
  /** The pool `writes`. */
  db: Database;
  pools: Pools;
  address: Exclude<Address, string>;
  /** `address` as a value of DATABASE_URL. */
  url: string;
  /** Opens more connections, closed together with the database. */
  connect(options?: ConnectOptions & { user?: string }): Connection;
}

declare module "vitest" {
  export interface ProvidedContext {
    /** The socket folder of the PostgreSQL that this run started. */
    socket: string;
    /** By how much random tests multiply their runs. */
    runs: number;
  }
}

/** Creates a migrated, empty database in some 30 ms: `await using fresh = await freshDatabase()`. */
export function freshDatabase(): Promise<FreshDatabase> {
  return createDatabase(TEMPLATE);
}

/** The same for all tests of a file, which calls it at its top; dropped after them. */
export async function databaseOfFile(): Promise<FreshDatabase> {
  const fresh = await freshDatabase();
  afterAll(() => fresh[Symbol.asyncDispose]());
  return fresh;
}

/** A database without any table. */
export function databaseWithoutTables(): Promise<FreshDatabase> {
  return createDatabase("template0");
}

async function createDatabase(template: string): Promise<FreshDatabase> {
  const socket = inject("socket");
  const address = await copyDatabase(socket, template);
  const first = connect(address);
  const opened = [first];
  return {
    db: first.db,
    pools: first.pools,
    address,
    url: urlOf(address),
    connect({ user = address.user, ...options } = {}) {
      const another = connect({ ...address, user }, options);
      opened.push(another);
      return another;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((each) => each.close()));
      // PostgreSQL may fail the checkpoint before a drop while others drop theirs; all go with the server at the end.
      await administer(socket, `drop database ${address.database} with (force)`).catch(() => {});
    },
  };
}
