import type { TestProject } from "vitest/node";
import { startTestPostgres } from "./postgres";

/** Starts one PostgreSQL for the whole run. @returns stops it */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { socket, stop } = await startTestPostgres();
  project.provide("socket", socket);
  return stop;
}
