import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { ROOT } from "./postgres";

/** A server that a benchmark started. */
export interface Server extends AsyncDisposable {
  port: number;
}

/**
 * Starts a program as a server and waits until it says its address.
 * @param said what it writes then; its first group is the port
 */
export async function serve(
  program: string,
  args: string[],
  env: Record<string, string>,
  said: RegExp,
): Promise<Server> {
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const port = await portSaid(child, said);
  return {
    port,
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}

function portSaid(child: ChildProcess, said: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const hear = (chunk: Buffer) => {
      text = (text + chunk).slice(-20_000);
      const port = said.exec(text)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}: ${text.slice(-2_000)}`)));
  });
}

/** Vitrine as a user starts it, built where it is not, on a database of the benchmarks. */
export function startVitrine(url: string, flags: string[] = []): Promise<Server> {
  const env = { DATABASE_URL: url, PORT: "0", VITRINE_API_KEYS: "", VITRINE_HOST: "", VITRINE_TRASH_DAYS: "0" };
  return serve(process.execPath, [...flags, "scripts/start.mjs"], env, /ready at http:\/\/[^:]+:(\d+)/);
}
