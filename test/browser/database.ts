import { startTestPostgres } from "#test/setup/postgres";

/** Starts one PostgreSQL for the products of all workers. @returns stops it */
export default async function setup(): Promise<() => Promise<void>> {
  const { socket, stop } = await startTestPostgres();
  process.env.VITRINE_TEST_SOCKET = socket;
  return stop;
}
