import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { lstat, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { candidateAccounts, succeeds } from "#db/embedded/account";
import { freePort } from "#db/embedded/liveness";
import { ensurePrivateFolder } from "#db/embedded/programs";
import { connect } from "#db/postgres";

/** A PostgreSQL with a standby, to which it replicates synchronously. */
export interface Replicated extends AsyncDisposable {
  /** Values of DATABASE_URL: both, primary first. */
  urls: [string, string];
  /** Ends the primary without a shutdown. */
  killPrimary(): Promise<void>;
  /** Makes the standby the primary. */
  promote(): Promise<void>;
}

const BIN = findPrograms();

/** Why tests of replication are skipped on this machine; "" where they run. */
export const withoutReplication = BIN
  ? ""
  : "PostgreSQL 15 or newer with pg_basebackup is not installed (package postgresql)";

function findPrograms(): string | undefined {
  const parent = "/usr/lib/postgresql";
  const majors = existsSync(parent)
    ? readdirSync(parent)
        .map(Number)
        .sort((a, b) => b - a)
    : [];
  return majors
    .map((major) => join(parent, String(major), "bin"))
    .find((bin, i) => {
      return (majors[i] ?? 0) >= 15 && existsSync(join(bin, "initdb")) && existsSync(join(bin, "pg_basebackup"));
    });
}

const SETTINGS = ["fsync=off", "unix_socket_directories=", "listen_addresses=127.0.0.1"];

/** Starts both in a temporary folder; `vitrine` is an empty database. */
export async function startReplicated(): Promise<Replicated> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-replication-"));
  const accounts = candidateAccounts(await lstat(folder));
  const account = accounts.find((each) => succeeds(each, join(BIN ?? "", "initdb"), ["--show", "--pgdata", folder]));
  if (!account) throw new Error("no user can run PostgreSQL here");
  await ensurePrivateFolder(folder, account);
  const started: ChildProcess[] = [];
  const killAll = () => {
    for (const child of started) child.kill("SIGKILL");
  };
  process.once("exit", killAll);

  const launch = (program: string, args: string[]) => {
    const command = account.command(join(BIN ?? "", program), args);
    const child = spawn(command.program, command.args, {
      ...command.options,
      cwd: "/",
      stdio: ["ignore", "ignore", "pipe"],
    });
    let errors = "";
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      errors += text;
    });
    const ended = once(child, "close").then(([code]) => ({ code, errors }));
    return { child, ended };
  };
  const run = async (program: string, args: string[]) => {
    const { code, errors } = await launch(program, args).ended;
    if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors}`);
  };
  const start = async (data: string, port: number) => {
    const { child, ended } = launch("postgres", [
      "-D",
      data,
      "-p",
      String(port),
      ...SETTINGS.flatMap((each) => ["-c", each]),
    ]);
    started.push(child);
    const accepts = () => execute(urlOf(port, "postgres"), "select 1").then(() => "yes", String);
    await expect.poll(accepts, { timeout: 30_000 }).toBe("yes");
    return { child, ended };
  };

  const [one, other] = [join(folder, "one"), join(folder, "other")];
  const [first, second] = [await freePort(), await freePort()];
  await run("initdb", ["--pgdata", one, "--username=vitrine", "--auth=trust", "--encoding=UTF8", "--no-sync"]);
  const primary = await start(one, first);
  await execute(urlOf(first, "postgres"), "create database vitrine");
  const source = ["-h", "127.0.0.1", "-p", String(first), "-U", "vitrine"];
  await run("pg_basebackup", ["--pgdata", other, ...source, "--write-recovery-conf", "--no-sync", "--checkpoint=fast"]);
  await start(other, second);
  // Set after the standby copied the configuration: once promoted, it waits for nobody.
  await execute(urlOf(first), "alter system set synchronous_standby_names = '*'");
  await execute(urlOf(first), "select pg_reload_conf()");
  return {
    urls: [urlOf(first), urlOf(second)],
    async killPrimary() {
      primary.child.kill("SIGQUIT");
      await primary.ended;
    },
    async promote() {
      await execute(urlOf(second), "select pg_promote()");
    },
    async [Symbol.asyncDispose]() {
      const ends = started.map((child) => child.exitCode !== null || child.signalCode !== null || once(child, "exit"));
      for (const child of started) child.kill("SIGQUIT");
      await Promise.all(ends);
      process.off("exit", killAll);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function urlOf(port: number, database = "vitrine"): string {
  return `postgres://vitrine@127.0.0.1:${port}/${database}`;
}

async function execute(url: string, statement: string): Promise<void> {
  const { db, close } = connect(url);
  await db.execute(statement).finally(close);
}
