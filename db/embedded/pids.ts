import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { codeOf } from "#db/startup-error";

/** Whether a process with this id runs, ours or not. */
export function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !buried(pid);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** One that ended and that nobody asked about (in a container often for ever) still has its id. */
function buried(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && /\) Z/.test(readFileSync(file, "utf8"));
}

/**
 * The command line of a process, for ids are used again.
 * @returns undefined where this machine does not tell
 */
export function commandOf(pid: number): string | undefined {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync(file)) return readFileSync(file, "utf8").replaceAll("\0", " ");
  const { status, stdout } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

/**
 * Ends a process that is not a child of this one.
 * @returns whether it is gone
 */
export async function end(pid: number): Promise<boolean> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!alive(pid)) return true;
    process.kill(pid, signal);
    for (let waited = 0; alive(pid) && waited < 3_000; waited += 20) await after(20);
  }
  return !alive(pid);
}
