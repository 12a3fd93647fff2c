import { randomBytes } from "node:crypto";
import type { Address } from "#db/address";
import { connect, type Database } from "#db/postgres";

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
  await administer(socket, `create database ${name} template ${template} strategy file_copy`);
  return addressOf(socket, name);
}

/** By socket. They stay open until they have been idle for a minute: opening one takes as long as such a statement. */
const administrators = new Map<string, Database>();

/** Executes a statement that is about databases. */
export async function administer(socket: string, statement: string): Promise<void> {
  const db = administrators.get(socket) ?? connect(addressOf(socket, "postgres")).db;
  administrators.set(socket, db);
  await db.execute(statement);
}
