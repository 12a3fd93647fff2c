import { randomBytes } from "node:crypto";
import type { Address } from "#db/address";
import { connect } from "#db/postgres";

/** The migrated database that each test's own is a copy of. */
export const TEMPLATE = "vitrine_template";

export type SocketAddress = Exclude<Address, string>;

/** The address of a database of the test run's PostgreSQL. */
export function addressOf(socket: string, database: string): SocketAddress {
  return { host: socket, port: 5432, user: "vitrine", database };
}

/** An address as a value of DATABASE_URL. */
export function urlOf({ host, user, database }: SocketAddress): string {
  return `postgres:///${database}?host=${encodeURIComponent(host)}&user=${user}`;
}

/** Creates a database with a new name, in some 30 ms. */
export async function copyDatabase(socket: string, template = TEMPLATE): Promise<SocketAddress> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await administer(socket, `create database ${name} template ${template}`);
  return addressOf(socket, name);
}

/** Executes a statement that is about databases. */
export async function administer(socket: string, statement: string): Promise<void> {
  const { db, close } = connect(addressOf(socket, "postgres"));
  try {
    await db.execute(statement);
  } finally {
    await close();
  }
}
