import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { lchown, lstat, mkdir, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StartupError } from "#db/startup-error";
import { type Account, accounts, succeeds } from "./account";
import { copied, installed, linked } from "./binaries";

/** The PostgreSQL programs and the account they run under. */
export interface Program {
  account: Account;
  /** Runs one to its end. @returns its exit code and what it wrote to stderr */
  run(name: string, args: string[]): Promise<{ code: number | null; errors: string }>;
  /** Starts one that a Ctrl-C in the terminal does not reach: it is stopped by us, after the requests. */
  start(name: string, args: string[], log: number): ChildProcess;
}

/**
 * Finds the binaries and an account that can run them on a folder.
 * @param folder the data folder, which exists
 * @throws Refusal where this machine allows none
 */
export async function program(folder: string): Promise<Program> {
  const native = await linked(installed(), join(folder, "binaries"));
  const candidates = accounts(await lstat(folder));
  for (const account of candidates) {
    const place = entersFolder(account, folder) && (await runnable(native, account));
    if (place) return programOf(place, account);
  }
  if (process.getuid?.() === 0) {
    throw new StartupError(
      `PostgreSQL does not run as root, and no other user can enter ${folder} here: run Vitrine as an ordinary user, or set VITRINE_DATA to a folder that everyone can enter, such as /var/lib/vitrine.`,
    );
  }
  throw new StartupError(
    `The embedded PostgreSQL in ${native} does not run on this machine: set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

function programOf(native: string, account: Account): Program {
  const command = (name: string, args: string[]) => account.command(join(native, "bin", name), args);
  return {
    account,
    async run(name, args) {
      const { program, args: all, options } = command(name, args);
      const child = spawn(program, all, { ...options, cwd: "/", stdio: ["ignore", "ignore", "pipe"] });
      let errors = "";
      child.stderr?.on("data", (chunk) => {
        errors += chunk;
      });
      const [code] = await once(child, "close");
      return { code, errors: errors.trim() };
    },
    start(name, args, log) {
      const { program, args: all, options } = command(name, args);
      return spawn(program, all, { ...options, cwd: "/", detached: true, stdio: ["ignore", log, log] });
    },
  };
}

function entersFolder(account: Account, folder: string): boolean {
  return process.platform === "win32" || succeeds(account, "sh", ["-c", 'cd "$0"', folder]);
}

/** Where the account can run the binaries: in place, or, below a folder that only root can enter, from a copy. */
async function runnable(native: string, account: Account): Promise<string | undefined> {
  // Of initdb more is asked than that it starts: it looks for postgres beside it by access(), which no capability helps.
  const runs = (place: string) => succeeds(account, join(place, "bin", "initdb"), ["--show", "--pgdata", place]);
  if (runs(native)) return native;
  if (process.getuid?.() !== 0) return undefined;
  const open = join(tmpdir(), `vitrine-${basename(dirname(native))}`);
  await mkdir(open, { mode: 0o755 }).catch(() => {});
  const found = await lstat(open);
  // Whoever else made or can write this folder could put programs of theirs in it.
  if (!found.isDirectory() || found.uid !== 0 || found.mode & 0o022) {
    throw new StartupError(`${open} must be a folder that only root can write: remove it and start again.`);
  }
  const copy = await copied(native, join(open, "native"));
  return runs(copy) ? copy : undefined;
}

/**
 * Makes a folder that belongs to the account alone, with all that is in it.
 * @param folder made where it is missing
 */
export async function hand(folder: string, { owner }: Account): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!owner || (await lstat(folder)).uid === owner.uid) return;
  for (const name of await readdir(folder, { recursive: true })) await lchown(join(folder, name), owner.uid, owner.gid);
  await lchown(folder, owner.uid, owner.gid);
}
