import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { codeOf } from "#db/startup-error";

/** Whether a process with this id runs, of any user. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !isZombie(pid);
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** Containers without an init process keep the ids of ended processes. */
function isZombie(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && /\) Z/.test(readFileSync(file, "utf8"));
}

/**
 * The command line of a process; compare it, for ids are used again.
 * @returns undefined where it cannot be read
 */
export function commandLineOf(pid: number): string | undefined {
  const file = `/proc/${pid}/cmdline`;
  if (existsSync(file)) return readFileSync(file, "utf8").replaceAll("\0", " ");
  const { status, stdout } = spawnSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? stdout : undefined;
}

/**
 * Ends a process that is not a child of this one, by stronger signals every 3 s.
 * @returns whether it has ended
 */
export async function endProcess(pid: number): Promise<boolean> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!isRunning(pid)) return true;
    process.kill(pid, signal);
    for (let elapsed = 0; isRunning(pid) && elapsed < 3_000; elapsed += 20) await after(20);
  }
  return !isRunning(pid);
}
