import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startHttpServer, type TestServer } from "./http-server";

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

/** Runs the built `vitrine` command in a folder of its own, against a test server of its own. */
export interface Shell extends AsyncDisposable {
  folder: string;
  server: TestServer;
  /** Starts a command; without `input`, its standard input stays open. */
  start(args: string[], options?: CommandOptions): RunningCommand;
  run(args: string[], options?: CommandOptions): Promise<CommandResult>;
  /** Runs a command with `--json` and parses its output. Rejects if it fails. */
  json(args: string[], options?: CommandOptions): Promise<unknown>;
  /** Writes a file into the folder and returns its name. */
  file(name: string, content: string | Uint8Array): Promise<string>;
}

export async function openShell(serverEnv: Parameters<typeof startHttpServer>[0] = {}): Promise<Shell> {
  if (!existsSync(CLI)) throw new Error("dist/cli.js does not exist: run npm run build first.");
  const server = await startHttpServer(serverEnv);
  const folder = await mkdtemp(join(tmpdir(), "vitrine-shell-"));
  const start = (args: string[], { input, env }: CommandOptions = {}) => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: folder,
      // The types of Next.js require NODE_ENV.
      env: { PATH, HOME, NODE_ENV: "test", TZ: "UTC", VITRINE_URL: server.origin, ...env },
    });
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
  const run = (args: string[], options: CommandOptions = {}) => start(args, { input: "", ...options }).ended;
  return {
    folder,
    server,
    start,
    run,
    async json(args, options) {
      const { code, stdout, stderr } = await run([...args, "--json"], options);
      if (code !== 0) throw new Error(`vitrine ${args.join(" ")} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    async file(name, content) {
      await writeFile(join(folder, name), content);
      return name;
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
