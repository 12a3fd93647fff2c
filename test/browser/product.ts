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
  /** The variables of another one with the same port and data. Its data folder must be given, to stay when this one stops. */
  same: Record<string, string>;
  stop(): Promise<void>;
}

interface ProductOptions {
  /** false: the API alone, without the work of loading Next. */
  pages?: boolean;
}

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const READY = /ready at (http:\S+)/;

/**
 * Starts the build on a free port without data, and resolves once it is ready: in tests of the browser with a database of
 * their PostgreSQL, else with the embedded one.
 */
export async function startProduct(
  variables: Record<string, string> = {},
  { pages = true }: ProductOptions = {},
): Promise<Product> {
  const socket = process.env.VITRINE_TEST_SOCKET;
  const database = socket && !variables.DATABASE_URL ? await copyDatabase(socket) : null;
  if (!existsSync(MAIN)) throw new Error("No build found. Run npm run build first.");
  const data = await mkdtemp(join(tmpdir(), "vitrine-e2e-"));
  const own = {
    VITRINE_DATA: data,
    VITRINE_BLOBS: pathToFileURL(join(variables.VITRINE_DATA ?? data, "blobs")).href,
    ...(database && { DATABASE_URL: urlOf(database) }),
    ...variables,
  };
  const child = spawn(process.execPath, [MAIN, ...(pages ? [] : ["--no-pages"])], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", PORT: "0", ...own },
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
  const same = { ...own, PORT: new URL(url).port };
  return { url, database, same, stop, [Symbol.asyncDispose]: stop };
}
