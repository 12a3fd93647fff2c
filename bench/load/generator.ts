import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "../harness/postgres";
import type { LoadJob, LoadResult } from "./protocol";

export interface LoadGenerator extends Disposable {
  run(job: LoadJob): Promise<LoadResult>;
}

/** Starts a process of its own that sends requests, so that its work does not slow the measured server's process. */
export function startLoadGenerator(): LoadGenerator {
  const child = fork(join(ROOT, "bench", "load", "worker.ts"), { execArgv: ["--import", "tsx"] });
  return {
    async run(job) {
      child.send(job);
      const [result]: (LoadResult & { error?: string })[] = await once(child, "message");
      if (!result || result.error) throw new Error(result?.error ?? "The load generator exited.");
      return result;
    },
    [Symbol.dispose]() {
      child.kill();
    },
  };
}
