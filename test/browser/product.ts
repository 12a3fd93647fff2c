import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The running build with its own data folder. */
export interface Product extends AsyncDisposable {
  url: string;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const READY = /ready at (http:\S+)/;

/**
 * Starts the build on a free port with an empty data folder and the embedded PostgreSQL, and resolves once it is ready.
 * `stop` also deletes the data.
 */
export async function startProduct(variables: Record<string, string> = {}): Promise<Product> {
  if (!existsSync(MAIN)) throw new Error("No build found. Run npm run build first.");
  const data = await mkdtemp(join(tmpdir(), "vitrine-e2e-"));
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      PORT: "0",
      VITRINE_DATA: data,
      ...variables,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk.toString();
      const url = READY.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`The server exited with ${code} before it was ready:\n${output}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    await rm(data, { recursive: true, force: true });
  };
  return { url, stop, [Symbol.asyncDispose]: stop };
}
