import { execFile } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { isRunning } from "#db/embedded/processes";

declare module "vitest" {
  export interface ProvidedContext {
    /** The path of the server's program, bundled from the sources by this run. */
    program: string;
    /** The path of `test/setup/cli-host.ts`, bundled likewise. */
    cliHost: string;
  }
}

/** Bundles programs that tests start: from TypeScript a start takes three times as long. @returns deletes them */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { root } = project.config;
  // The server finds its files from one folder below the root.
  const folder = join(root, "dist");
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const program = join(folder, `test-${process.pid}.mjs`);
  const cliHost = join(folder, `test-${process.pid}-cli.mjs`);
  await promisify(execFile)(process.execPath, [join(root, "scripts", "build.mjs"), "--test", program, cliHost]);
  project.provide("program", program);
  project.provide("cliHost", cliHost);
  return async () => {
    await rm(program, { force: true });
    await rm(cliHost, { force: true });
  };
}

/** Deletes the bundles of runs that were killed. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(/^test-(\d+)(?:-cli)?\.mjs$/.exec(name)?.[1]);
    if (pid && !isRunning(pid)) await rm(join(folder, name), { force: true });
  }
}
