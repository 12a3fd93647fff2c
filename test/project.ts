import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** A program of a project that is running. */
export interface RunningProgram {
  child: ChildProcess;
  /** Resolves once its standard output matches; rejects with what it printed where it exits before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** A folder with the packed client and this checkout's packages, like a project that has installed them. */
export interface Project extends AsyncDisposable {
  folder: string;
  start(program: string, args: string[], env?: Record<string, string>): RunningProgram;
  /** Runs a program to its end; rejects with what it printed if it fails. */
  run(program: string, args: string[], env?: Record<string, string>): Promise<string>;
}

/** @param source a folder of the checkout, which is copied into the project */
export async function createProject(source: string): Promise<Project> {
  // Below the checkout, whose packages are found from there; `dist` is ignored by Git and every tool.
  await mkdir(join(ROOT, "dist"), { recursive: true });
  const folder = await mkdtemp(join(ROOT, "dist", "project-"));
  const started = new Set<RunningProgram>();
  await cp(join(ROOT, source), folder, { recursive: true });
  const client = join(folder, "node_modules", "vitrine-client");
  await promisify(execFile)(process.execPath, [join(ROOT, "scripts", "pack-client.mjs"), client]);
  const start: Project["start"] = (program, args, env = {}) => {
    const { PATH, HOME } = process.env;
    const running = follow(
      // The types of Next.js require NODE_ENV.
      spawn(program, args, { cwd: folder, env: { PATH, HOME, NODE_ENV: "development", ...env }, stdio: "pipe" }),
    );
    started.add(running);
    running.ended.then(() => started.delete(running));
    return running;
  };
  return {
    folder,
    start,
    async run(program, args, env) {
      const { code, stdout, stderr } = await start(program, args, env).ended;
      if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}: ${stdout}${stderr}`);
      return stdout;
    },
    async [Symbol.asyncDispose]() {
      for (const { child } of started) child.kill("SIGTERM");
      await Promise.all([...started].map(({ ended }) => ended));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function follow(child: ChildProcess): RunningProgram {
  const output = { stdout: "", stderr: "" };
  const ended = once(child, "close").then(([code]) => ({ code, ...output }));
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream]?.setEncoding("utf8").on("data", (text: string) => {
      output[stream] += text;
    });
  }
  return {
    child,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output.stdout);
          if (found) resolve(found);
        };
        child.stdout?.on("data", look);
        look();
        ended.then(() => reject(new Error(`It ended without ${pattern}: ${output.stdout}${output.stderr}`)));
      }),
    ended,
  };
}
