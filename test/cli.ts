import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type OpenDoor, openDoor } from "./http-server";

const BUILT = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** How a command ended, and what it wrote. */
export interface Ended {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

/** A command that runs. */
export interface Begun {
  child: ChildProcess;
  ended: Promise<Ended>;
}

interface Around {
  input?: string | Uint8Array;
  env?: Record<string, string>;
}

/** A folder with the built command in reach of a server of its own. */
export interface Shell extends AsyncDisposable {
  folder: string;
  door: OpenDoor;
  begin(args: string[], around?: Around): Begun;
  run(args: string[], around?: Around): Promise<Ended>;
  /** What a command that must go well writes with `--json`, parsed. */
  json(args: string[], around?: Around): Promise<unknown>;
  /** Writes a file into the folder, and gives its name. */
  file(name: string, content: string | Uint8Array): Promise<string>;
}

/** Opens a server and a folder for the commands of a test. */
export async function openShell(other: Parameters<typeof openDoor>[0] = {}): Promise<Shell> {
  if (!existsSync(BUILT)) throw new Error("There is no command to test: run npm run build first.");
  const door = await openDoor(other);
  const folder = await mkdtemp(join(tmpdir(), "vitrine-shell-"));
  const begin = (args: string[], { input, env }: Around = {}) => {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, [BUILT, ...args], {
      cwd: folder,
      // Next's types want NODE_ENV in it, and this is nobody's production.
      env: { PATH, HOME, NODE_ENV: "test", TZ: "UTC", VITRINE_URL: door.origin, ...env },
    });
    const written = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        written[stream] += text;
      });
    }
    child.stdin.on("error", () => {});
    if (input !== undefined) child.stdin.end(input);
    const ended = once(child, "close").then(([code, signal]) => ({ code, signal, ...written }));
    return { child, ended };
  };
  const run = (args: string[], around: Around = {}) => begin(args, { input: "", ...around }).ended;
  return {
    folder,
    door,
    begin,
    run,
    async json(args, around) {
      const { code, stdout, stderr } = await run([...args, "--json"], around);
      if (code !== 0) throw new Error(`vitrine ${args.join(" ")} ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    async file(name, content) {
      await writeFile(join(folder, name), content);
      return name;
    },
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
