import { execFile } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { isRunning } from "#db/embedded/processes";

declare module "vitest" {
  export interface ProvidedContext {
    /** The path of the server's program, bundled from the sources by this run. */
    program: string;
  }
}

// The server finds its files from one folder below the root.
const FOLDER = fileURLToPath(new URL("../dist/", import.meta.url));

/** Bundles the server for the tests that start it: from TypeScript a start takes three times as long. @returns deletes it */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(FOLDER, { recursive: true });
  await removeAbandoned();
  const program = join(FOLDER, `test-${process.pid}.mjs`);
  const build = fileURLToPath(new URL("../scripts/build.mjs", import.meta.url));
  await promisify(execFile)(process.execPath, [build, "--server", program]);
  project.provide("program", program);
  return () => rm(program, { force: true });
}

/** Deletes the bundles of runs that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(FOLDER)) {
    const pid = Number(/^test-(\d+)\.mjs$/.exec(name)?.[1]);
    if (pid && !isRunning(pid)) await rm(join(FOLDER, name), { force: true });
  }
}
