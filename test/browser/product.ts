import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { copyDatabase, type SocketAddress, urlOf } from "../template";

/** The running build with its own data folder. */
export interface Product extends AsyncDisposable {
  url: string;
  /** Of its database in the PostgreSQL of the tests; null with another one. */
  database: SocketAddress | null;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const READY = /ready at (http:\S+)/;

/**
 * Starts the build on a free port without data, and resolves once it is ready: in tests of the browser with a database of
 * their PostgreSQL, else and where `variables` name a data folder with the embedded one.
 */
export async function startProduct(variables: Record<string, string> = {}): Promise<Product> {
  const socket = process.env.VITRINE_TEST_SOCKET;
  const database = socket && !variables.VITRINE_DATA ? await copyDatabase(socket) : null;
  if (!existsSync(MAIN)) throw new Error("No build found. Run npm run build first.");
  const data = await mkdtemp(join(tmpdir(), "vitrine-e2e-"));
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      PORT: "0",
      VITRINE_DATA: data,
      // With a data folder of its own a test may start another server on it, which needs the same store.
      ...(variables.VITRINE_DATA ? {} : { VITRINE_BLOBS: pathToFileURL(join(data, "blobs")).href }),
      ...(database && { DATABASE_URL: urlOf(database) }),
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
  return { url, database, stop, [Symbol.asyncDispose]: stop };
}
