import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built product, running on data of its own. */
export interface Product {
  url: string;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const READY = /ready at (http:\S+)/;

/**
 * Starts the built product on a free port with a fresh data folder and its embedded PostgreSQL, and waits until it
 * says that it is ready. `variables` are added to its environment. It stops with all its data by `stop`.
 */
export async function startProduct(variables: Record<string, string> = {}): Promise<Product> {
  if (!existsSync(MAIN)) throw new Error("There is no build to test: run npm run build first.");
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
  const ended = once(child, "exit");
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const address = READY.exec(said)?.[1];
      if (address) resolve(address);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`The product ended with ${code} before it was ready:\n${said}`)));
  });
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}
