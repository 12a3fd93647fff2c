/** The migrated database that each test's own is a copy of. */
export const TEMPLATE = "vitrine_template";

/** The address of a database of the test run's PostgreSQL. */
export function addressOf(socket: string, database: string) {
  return { host: socket, port: 5432, user: "vitrine", database };
}
