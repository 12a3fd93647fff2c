import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { freePort } from "#db/embedded/liveness";

/** A real Redis in memory. */
export interface Redis extends AsyncDisposable {
  /** `redis://127.0.0.1:PORT`. */
  url: string;
}

/** Why tests of Redis are skipped on this machine; "" where they run. */
export const withoutRedis =
  spawnSync("redis-server", ["--version"]).status === 0 ? "" : "Redis is not installed (package redis-server)";

export async function startRedis(): Promise<Redis> {
  const port = await freePort();
  const options = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", tmpdir()];
  const child = spawn("redis-server", options, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close");
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let log = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      if (log.includes("Ready to accept connections")) resolve();
    });
    ended.then(() => reject(new Error(`Redis did not start: ${log}`)));
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
      process.off("exit", kill);
    },
  };
}
