import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where the programs of a Python with Prefect are, and the file that gets what they print to stderr. */
    prefect: { bin: string; log: string | null };
  }
}

const { bin, log } = inject("prefect");

/** Whether Prefect is there to be tested against. */
export const installed = existsSync(join(bin, "prefect"));

/** The path of its Python. */
export const pythonPath = join(bin, "python");

/** What a program ended with. */
export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A program that runs until it is stopped. */
export interface Started {
  /** What it has printed so far, stderr included. */
  output(): string;
  /** Resolves once it has printed a text; rejects where it ends before. */
  printed(text: string): Promise<void>;
  /** Interrupts it, as Ctrl-C does, and waits for its end. */
  stop(): Promise<void>;
}

/** Programs of Prefect's users. */
export type Prefect = ReturnType<typeof prefect>;

/**
 * Runs programs of Prefect's users against a server, with nothing of the caller's own Prefect about it.
 * @param apiKey the secret of an API key
 */
export function prefect(base: NodeJS.ProcessEnv, api: string, home: string, apiKey?: string) {
  const env = { ...base };
  for (const name of Object.keys(env)) if (name.startsWith("PREFECT_")) delete env[name];
  env.PREFECT_API_URL = api;
  if (apiKey !== undefined) env.PREFECT_API_AUTH_STRING = apiKey;
  env.PREFECT_HOME = home;
  // What a served flow stores is in a folder of the system's for all users, which the first of them owns.
  env.TMPDIR = home;
  // 3.4 keeps results in the user's own home, which are a cache for the next run.
  env.PREFECT_LOCAL_STORAGE_PATH = join(home, "storage");
  env.PREFECT_SERVER_ANALYTICS_ENABLED = "false";
  env.DO_NOT_TRACK = "1";
  // How often a served flow looks for runs, in seconds; 10 by default.
  env.PREFECT_RUNNER_POLL_FREQUENCY = "1";
  env.COLUMNS = "200";
  const record = (text: string) => {
    if (log) appendFileSync(log, text);
  };
  const programs = runPrograms(env);
  const ended = async (...args: string[]): Promise<Ended> => {
    const result = await programs.run(args);
    record(result.stderr);
    return result;
  };
  const python = async (file: string, args: string[]): Promise<Ended> => {
    const result = await ended(pathOf(file), ...args);
    if (result.code === 0) return result;
    throw new Error(`${file} ${args.join(" ")} ended with ${result.code}: ${result.stderr.slice(-3_000)}`);
  };
  return {
    /** The `prefect` command. */
    command: (...args: string[]) => ended("prefect", ...args),
    /** One part of `client.py`, and what it printed. */
    async client(part: string): Promise<unknown> {
      const { stdout, stderr } = await python("client.py", [part]);
      // Prefect's own advice, whatever the server.
      const found = alarms(stderr).filter(
        (line) => !line.includes("FutureWarning: Artifact creation outside of a flow"),
      );
      if (part !== "flow" && found.length > 0) throw new Error(`client.py ${part} printed ${found.join("\n")}`);
      return JSON.parse(lastLine(stdout));
    },
    python,
    start(file: string, ...args: string[]): Started {
      const child = spawn(pythonPath, [pathOf(file), ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
      const exited = once(child, "exit");
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (chunk) => {
          output += chunk;
        });
      }
      return {
        output: () => output,
        printed: (text) =>
          new Promise((resolve, reject) => {
            const check = () => output.includes(text) && resolve();
            for (const stream of [child.stdout, child.stderr]) stream.on("data", check);
            exited.then(() => reject(new Error(`${file} ended: ${output.slice(-3_000)}`)), reject);
            check();
          }),
        async stop() {
          child.kill("SIGINT");
          await exited;
          record(output);
        },
      };
    },
    [Symbol.asyncDispose]: () => programs.stop(),
  };
}

/** Starts `programs.py`, which runs programs without the seconds in which each would import Prefect. */
function runPrograms(env: NodeJS.ProcessEnv) {
  const child = spawn(pythonPath, [pathOf("programs.py")], { env, detached: true });
  const closed = once(child, "close");
  const waiting: { resolve(ended: Ended): void; reject(error: Error): void }[] = [];
  // What importing Prefect prints, each program would print.
  let imported = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    imported += text;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [number, code, stdout, stderr] = JSON.parse(line);
    waiting[number]?.resolve({ code, stdout, stderr: imported + stderr });
  });
  closed.then(() => {
    for (const { reject } of waiting) reject(new Error(`programs.py ended: ${imported}`));
  });
  child.stdin.on("error", () => {});
  return {
    run(args: string[]): Promise<Ended> {
      child.stdin.write(`${JSON.stringify([waiting.length, ...args])}\n`);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    /** Also ends what a failed test left running. */
    async stop() {
      if (child.exitCode === null && child.pid) process.kill(-child.pid, "SIGKILL");
      await closed;
    },
  };
}

const ALARM = /\b(?:WARNING|ERROR|CRITICAL)\b|Traceback|\w+Warning\b/;

/** Prefect's client ends before it has sent its events, and sends them then: the faster the server, the more often. */
const SENDS_AT_END = /EventsWorker - Still processing items/;

/** The lines that a reader takes for a problem. */
export function alarms(output: string): string[] {
  return output.split("\n").filter((line) => ALARM.test(line) && !SENDS_AT_END.test(line));
}

export function lastLine(output: string): string {
  return output.trim().split("\n").at(-1) ?? "";
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
