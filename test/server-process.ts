import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { endProcess } from "#db/embedded/processes";

/** A server in a process of its own, without the pages. */
export interface ServerProcess {
  child: ChildProcess;
  /** Its address; rejects with its stderr where it exits instead. */
  ready: Promise<string>;
  /** Its exit. */
  ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

const DEFAULTS = {
  DATABASE_URL: "",
  DATABASE_DIRECT_URL: "",
  VITRINE_PREPARE: "",
  VITRINE_POOL: "",
  VITRINE_MIGRATE: "",
  VITRINE_HOST: "",
  VITRINE_API_KEYS: "",
  VITRINE_AUTH: "",
  VITRINE_METRICS_PORT: "",
  VITRINE_LOG: "",
  VITRINE_DRAIN: "",
  VITRINE_GRACE: "",
};

/** A temporary data folder; at the end of its scope its servers are stopped and it is deleted. */
export interface ServerFolder extends AsyncDisposable {
  folder: string;
  start(env?: Record<string, string>): ServerProcess;
  /** The process id of the folder's PostgreSQL. */
  postgres(): Promise<number>;
}

/** @param base the environment of the test; variables that configure a server are reset */
export async function createServerFolder(base: Record<string, string | undefined>): Promise<ServerFolder> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-start-"));
  const started: ServerProcess[] = [];
  const postgres = async () => {
    const file = await readFile(join(folder, "data", "postgres", "postmaster.pid"), "utf8");
    return Number(file.split("\n")[0]);
  };
  return {
    folder,
    postgres,
    start(env = {}) {
      const server = startServer({ ...base, ...DEFAULTS, PORT: "0", VITRINE_DATA: join(folder, "data"), ...env });
      started.push(server);
      return server;
    },
    async [Symbol.asyncDispose]() {
      for (const { child } of started) child.kill("SIGTERM");
      await Promise.all(started.map(({ ended }) => ended));
      // A failed test may have killed the server and left its PostgreSQL running.
      await postgres().then(endProcess, () => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startServer(env: Record<string, string | undefined>): ServerProcess {
  const child = spawn(process.execPath, [inject("program"), "--no-pages"], {
    env: env as NodeJS.ProcessEnv, // Next's types require NODE_ENV, Node does not
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      output.stdout += chunk;
      const url = /ready at (\S+)/.exec(output.stdout)?.[1];
      if (url) resolve(url);
    });
    child.stderr.on("data", (chunk) => {
      output.stderr += chunk;
    });
    child.once("close", () => reject(new Error(`The server exited: ${output.stderr}`)));
  });
  ready.catch(() => {});
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, ...output }));
  return { child, ready, ended };
}
