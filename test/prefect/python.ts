import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where `.ci/run` puts a Python with Prefect. */
const BIN = join(ROOT, ".prefect", "bin");

/** Whether Prefect is there to be tested against. */
export const installed = existsSync(join(BIN, "prefect"));

/** A Python with Prefect; null where it is not installed. */
export const python = installed ? join(BIN, "python") : null;

/** What a program ended with. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `client.py` or the `prefect` command against a server, with nothing of the caller's own Prefect about it. */
export function prefect(base: NodeJS.ProcessEnv, api: string, home: string) {
  const env = { ...base };
  for (const name of Object.keys(env)) if (name.startsWith("PREFECT_")) delete env[name];
  env.PREFECT_API_URL = api;
  env.PREFECT_HOME = home;
  env.PREFECT_SERVER_ANALYTICS_ENABLED = "false";
  env.DO_NOT_TRACK = "1";
  env.COLUMNS = "200";
  const ended = (program: string, args: string[]): Promise<Ended> =>
    promisify(execFile)(join(BIN, program), args, { env, timeout: 60_000 }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );
  return {
    /** The `prefect` command. */
    command: (...args: string[]) => ended("prefect", args),
    /** One part of `client.py`, and what it printed. */
    async client(part: string): Promise<unknown> {
      const { code, stdout, stderr } = await ended("python", [
        fileURLToPath(new URL("client.py", import.meta.url)),
        part,
      ]);
      const alarms = stderr.split("\n").filter((line) => /\| (?:WARNING|ERROR|CRITICAL) /.test(line));
      if (part !== "flow" && alarms.length > 0) throw new Error(`client.py ${part} printed ${alarms.join("\n")}`);
      if (code !== 0) throw new Error(`client.py ${part} ended with ${code}: ${stderr.slice(-3_000)}`);
      return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    },
  };
}
