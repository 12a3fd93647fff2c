import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, fchownSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { StartupError } from "#db/startup-error";
import type { PostgresPrograms } from "./programs";

/** Where PostgreSQL listens: in a folder for its socket, or on a port of this machine. */
type Listen = { socket: string } | { port: number };

/** A PostgreSQL that is a child of this process. */
export interface Postmaster {
  pid: number;
  /** Resolves when it accepts connections; rejects with a StartupError, quoting its log, where it ends before. */
  ready: Promise<void>;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>;
  /** Signals it to end, without waiting. */
  end(): void;
  /** Ends it and waits: running statements are cancelled, committed data stays. */
  stop(): Promise<void>;
}

const LOG_LIMIT = 5_000_000;

/**
 * Starts PostgreSQL on its data folder.
 * @param folder the instance's own folder, which also has `postgres.log`
 * @param settings more `-c name=value`
 */
export function startPostmaster(
  programs: PostgresPrograms,
  folder: string,
  listen: Listen,
  settings: Record<string, string> = {},
): Postmaster {
  const data = join(folder, "postgres");
  const log = join(folder, "postgres.log");
  const all = { ...listenSettings(listen), ...settings };
  const flags = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const full = existsSync(log) && statSync(log).size > LOG_LIMIT;
  const file = openSync(log, full ? "w" : "a", 0o600);
  const { owner } = programs.account;
  if (owner) fchownSync(file, owner.uid, owner.gid);
  const logStart = statSync(log).size;
  const child = programs.start("postgres", ["-D", data, ...flags], file);
  closeSync(file);
  const pid = child.pid ?? 0;
  const ended = endOf(child);
  const readLog = () => readFileSync(log).subarray(logStart).toString("utf8");
  return {
    pid,
    ended,
    ready: becomesReady(pid, data, ended, readLog),
    end: () => child.kill("SIGINT"),
    stop: () => stop(child, ended),
  };
}

function listenSettings(listen: Listen): Record<string, string> {
  if ("socket" in listen) {
    return { listen_addresses: "", unix_socket_directories: listen.socket, unix_socket_permissions: "0700" };
  }
  return { listen_addresses: "127.0.0.1", port: String(listen.port), unix_socket_directories: "" };
}

async function endOf(child: ChildProcess): Promise<void> {
  // A program that cannot be started has no exit, only an error.
  await Promise.race([once(child, "exit"), once(child, "error")]).catch(() => {});
}

/** Polls PostgreSQL's pid file, whose status becomes `ready` after recovery from a crash too. */
async function becomesReady(pid: number, data: string, ended: Promise<void>, readLog: () => string): Promise<void> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  while (!over) {
    const lines = readPidFile(data);
    if (Number(lines[0]) === pid && lines[7]?.trim() === "ready") return;
    await Promise.race([after(10), ended]);
  }
  throw new StartupError(`PostgreSQL did not start: ${reasonIn(readLog())}.`);
}

/** The lines of PostgreSQL's pid file: pid, data folder, start, port, socket folder, address, memory, status. */
export function readPidFile(data: string): string[] {
  const file = join(data, "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

function reasonIn(log: string): string {
  const line = log.split("\n").findLast((line) => /(FATAL|PANIC|error):/i.test(line));
  return line?.replace(/^.*?(FATAL|PANIC|error):\s*/i, "") ?? "it wrote no reason to postgres.log";
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  // Fast shutdown, then immediate (safe too: the log is replayed at the next start), then by force.
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await Promise.race([ended, after(1_500, undefined, { ref: false })]);
  }
  await ended;
}
