/** The migrated database that every test's own is a copy of. */
export const TEMPLATE = "vitrine_template";

/** Where a database of the PostgreSQL of a test run is. */
export function addressOf(socket: string, database: string) {
  return { host: socket, port: 5432, user: "vitrine", database };
}
