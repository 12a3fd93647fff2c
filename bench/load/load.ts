import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "../harness/postgres";
import type { Job, Load } from "./job";

/** Puts load on servers from a process of its own. */
export interface LoadProcess extends Disposable {
  run(job: Job): Promise<Load>;
}

/** Starts the load process: `using load = startLoad()`. */
export function startLoad(): LoadProcess {
  const child = fork(join(ROOT, "bench", "load", "process.ts"), { execArgv: ["--import", "tsx"] });
  return {
    async run(job) {
      child.send(job);
      const [answer]: (Load & { error?: string })[] = await once(child, "message");
      if (!answer || answer.error) throw new Error(answer?.error ?? "The load process ended.");
      return answer;
    },
    [Symbol.dispose]() {
      child.kill();
    },
  };
}
