import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, fchownSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { StartupError } from "#db/startup-error";
import type { Program } from "./program";

/** Where the postmaster listens: a folder for its socket, or a port of this machine. */
export type Listen = { socket: string } | { port: number };

/** A PostgreSQL that this process started. */
export interface Postmaster {
  pid: number;
  /** Settles when it takes connections; rejects with a Refusal that gives the log's reason where it ends instead. */
  ready: Promise<void>;
  /** Settles when it has ended, whyever. */
  ended: Promise<void>;
  /** Tells it to end, without waiting. */
  end(): void;
  /** Ends it: running statements are cut off, what was acknowledged stays. */
  stop(): Promise<void>;
}

const LOG_LIMIT = 5_000_000;

/**
 * Starts PostgreSQL on its data folder.
 * @param folder the instance's own folder; `postgres.log` lies in it
 * @param settings what is said on the command line beyond where to listen
 */
export function postmaster(
  program: Program,
  folder: string,
  listen: Listen,
  settings: Record<string, string> = {},
): Postmaster {
  const data = join(folder, "postgres");
  const log = join(folder, "postgres.log");
  const all = { ...where(listen), ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const full = existsSync(log) && statSync(log).size > LOG_LIMIT;
  const file = openSync(log, full ? "w" : "a", 0o600);
  const { owner } = program.account;
  if (owner) fchownSync(file, owner.uid, owner.gid);
  const begin = statSync(log).size;
  const child = program.start("postgres", ["-D", data, ...flags], file);
  closeSync(file);
  const ended = end(child);
  const stopped = { pid: child.pid ?? 0, ended, end: () => child.kill("SIGINT"), stop: () => stop(child, ended) };
  return { ...stopped, ready: ready(stopped.pid, data, ended, () => sinceIn(log, begin)) };
}

function where(listen: Listen): Record<string, string> {
  if ("socket" in listen) {
    return { listen_addresses: "", unix_socket_directories: listen.socket, unix_socket_permissions: "0700" };
  }
  return { listen_addresses: "127.0.0.1", port: String(listen.port), unix_socket_directories: "" };
}

async function end(child: ChildProcess): Promise<void> {
  // A program that cannot be started has no exit, only an error.
  await Promise.race([once(child, "exit"), once(child, "error")]).catch(() => {});
}

/** PostgreSQL says in its own pid file when it takes connections; recovery after a crash may take a while. */
async function ready(pid: number, data: string, ended: Promise<void>, log: () => string): Promise<void> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  while (!over) {
    const lines = pidFile(data);
    if (Number(lines[0]) === pid && lines[7]?.trim() === "ready") return;
    await Promise.race([after(10), ended]);
  }
  throw new StartupError(`PostgreSQL did not start: ${reason(log())}.`);
}

function sinceIn(log: string, begin: number): string {
  return readFileSync(log).subarray(begin).toString("utf8");
}

/** The lines of PostgreSQL's own pid file: pid, data folder, start, port, socket folder, address, memory, status. */
export function pidFile(data: string): string[] {
  const file = join(data, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

function reason(log: string): string {
  const line = log.split("\n").findLast((line) => /(FATAL|PANIC|error):/i.test(line));
  return line?.replace(/^.*?(FATAL|PANIC|error):\s*/i, "") ?? "it ended without a word in postgres.log";
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  // Fast, then immediate (safe too: the log is replayed at the next start), then by force.
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await Promise.race([ended, after(1_500, undefined, { ref: false })]);
  }
  await ended;
}
