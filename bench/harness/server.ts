import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { ROOT } from "./postgres";

export interface Server extends AsyncDisposable {
  port: number;
}

/**
 * Starts a program as a server and waits until it logs its address.
 * @param ready matches that line; its first group is the port
 */
export async function serve(
  program: string,
  args: string[],
  env: Record<string, string>,
  ready: RegExp,
): Promise<Server> {
  const child = spawn(program, args, { cwd: ROOT, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  const port = await readPort(child, ready);
  return {
    port,
    async [Symbol.asyncDispose]() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}

function readPort(child: ChildProcess, ready: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = "";
    const onOutput = (chunk: Buffer) => {
      text = (text + chunk).slice(-20_000);
      const port = ready.exec(text)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout?.on("data", onOutput);
    child.stderr?.on("data", onOutput);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} exited with ${code}: ${text.slice(-2_000)}`)));
  });
}

/** Starts Vitrine with the start script, which builds it if needed, on an existing database. */
export function startVitrine(url: string, flags: string[] = []): Promise<Server> {
  const env = { DATABASE_URL: url, PORT: "0", VITRINE_API_KEYS: "", VITRINE_HOST: "", VITRINE_TRASH_DAYS: "0" };
  return serve(process.execPath, [...flags, "scripts/start.mjs"], env, /ready at http:\/\/[^:]+:(\d+)/);
}
