import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endProcess } from "#db/embedded/processes";

/** A server started by a test: a process of its own, without the pages. */
export interface ServerProcess {
  child: ChildProcess;
  /** Its address; rejects with what it wrote when it ends instead. */
  ready: Promise<string>;
  /** How it ended. */
  ended: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

const NEUTRAL = {
  DATABASE_URL: "",
  DATABASE_DIRECT_URL: "",
  VITRINE_PREPARE: "",
  VITRINE_MIGRATE: "",
  VITRINE_HOST: "",
  VITRINE_API_KEYS: "",
  VITRINE_AUTH: "",
};

/** A folder of a test's own with the servers started on it; all are gone at the end of its scope. */
export interface ServerFolder extends AsyncDisposable {
  folder: string;
  start(env?: Record<string, string>): ServerProcess;
  /** The process id of the PostgreSQL that has the folder. */
  postgres(): Promise<number>;
}

/**
 * Makes a place for servers.
 * @param base the environment of the test, of which nothing that configures a server is kept
 */
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
      const one = startServer({ ...base, ...NEUTRAL, PORT: "0", VITRINE_DATA: join(folder, "data"), ...env });
      started.push(one);
      return one;
    },
    async [Symbol.asyncDispose]() {
      for (const { child } of started) child.kill("SIGTERM");
      await Promise.all(started.map(({ ended }) => ended));
      // A server that was killed, in a test that then failed, leaves one.
      await postgres().then(endProcess, () => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startServer(env: Record<string, string | undefined>): ServerProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "server/main.ts", "--no-pages"], {
    env: env as NodeJS.ProcessEnv, // Next's types want NODE_ENV in it, Node does not
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { stdout: "", stderr: "" };
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      written.stdout += chunk;
      const url = /ready at (\S+)/.exec(written.stdout)?.[1];
      if (url) resolve(url);
    });
    child.stderr.on("data", (chunk) => {
      written.stderr += chunk;
    });
    child.once("close", () => reject(new Error(`It ended: ${written.stderr}`)));
  });
  ready.catch(() => {});
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal, ...written }));
  return { child, ready, ended };
}
