import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject } from "vitest";
import { startHttpServer, type TestServer } from "./http-server";
import type { HostedCommand, HostedResult } from "./setup/cli-host";

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

export interface CommandResult {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

export interface RunningCommand {
  child: ChildProcess;
  ended: Promise<CommandResult>;
}

interface CommandOptions {
  /** Standard input. */
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

/** Commands that read their environment as they are loaded. */
const OWN_PROCESS = ["migrate", "serve"];

/** Runs the `vitrine` command in a folder of its own, against a test server of its own. */
export interface Shell extends AsyncDisposable {
  folder: string;
  server: TestServer;
  /** Starts the built command in a process of its own; without `input`, its standard input stays open. */
  start(args: string[], options?: CommandOptions): RunningCommand;
  /** Runs a command in a process that several share, one after the other; in the long tests, as `start`. */
  run(args: string[], options?: CommandOptions): Promise<CommandResult>;
  /** Runs a command with `--json` and parses its output. Rejects if it fails. */
  json(args: string[], options?: CommandOptions): Promise<unknown>;
  /** Writes a file into the folder and returns its name. */
  file(name: string, content: string | Uint8Array): Promise<string>;
}

export async function openShell(...options: Parameters<typeof startHttpServer>): Promise<Shell> {
  if (!existsSync(CLI)) throw new Error("dist/cli.js does not exist: run npm run build first.");
  const server = await startHttpServer(...options);
  const folder = await mkdtemp(join(tmpdir(), "vitrine-shell-"));
  const { PATH = "", HOME = "" } = process.env;
  const base = { PATH, HOME, TZ: "UTC", VITRINE_URL: server.origin };
  const start = (args: string[], { input, env }: CommandOptions = {}) => {
    // The types of Next.js require NODE_ENV.
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env: { NODE_ENV: "test", ...base, ...env } });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        output[stream] += text;
      });
    }
    child.stdin.on("error", () => {});
    if (input !== undefined) child.stdin.end(input);
    const ended = once(child, "close").then(([code, signal]) => ({ code, signal, ...output }));
    return { child, ended };
  };
  const host = openHost(folder);
  const run = (args: string[], { input = "", env }: CommandOptions = {}) =>
    inject("runs") > 1 || OWN_PROCESS.includes(args[0] ?? "")
      ? start(args, { input, ...(env && { env }) }).ended
      : host.run({ args, input, env: { ...base, ...env } });
  return {
    folder,
    server,
    start,
    run,
    async json(args, options) {
      // What follows `--` are no options.
      const [command = "", ...rest] = args;
      const { code, stdout, stderr } = await run([command, "--json", ...rest], options);
      if (code !== 0) throw new Error(`vitrine ${args.join(" ")} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    async file(name, content) {
      await writeFile(join(folder, name), content);
      return name;
    },
    async [Symbol.asyncDispose]() {
      host.end();
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A process for commands in a folder, which is started with the first. */
function openHost(folder: string) {
  let child: ChildProcess | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const runNow = async (command: HostedCommand): Promise<CommandResult> => {
    child ??= fork(inject("cliHost"), {
      cwd: folder,
      env: { NODE_ENV: "test", TZ: command.env.TZ },
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const host = child;
    const ended = new AbortController();
    const message = once(host, "message", ended);
    const exit = once(host, "exit", ended);
    host.send(command);
    const [first] = await Promise.race([message, exit]).finally(() => ended.abort());
    if (host.exitCode !== null) throw new Error(`vitrine ${command.args.join(" ")} ended its process by ${first}.`);
    const { code, stdout, stderr } = first as HostedResult; // see cli-host.ts
    return { code, signal: null, stdout, stderr };
  };
  return {
    run(command: HostedCommand) {
      const result = last.then(() => runNow(command));
      last = result.catch(() => {});
      return result;
    },
    end: () => child?.disconnect(),
  };
}
