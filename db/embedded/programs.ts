import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { lchown, lstat, mkdir, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StartupError } from "#db/startup-error";
import { type Account, candidateAccounts, succeeds } from "./account";
import { copyBinaries, installedBinaries, withLinks } from "./binaries";

/** The PostgreSQL programs and the account that they run under. */
export interface PostgresPrograms {
  account: Account;
  /** Runs one to its end. @returns its exit code and what it wrote to stderr */
  run(name: string, args: string[]): Promise<{ code: number | null; errors: string }>;
  /** Starts one in a process group of its own, so that Ctrl-C does not end it before the requests. */
  start(name: string, args: string[], log: number): ChildProcess;
}

/**
 * Finds the binaries and an account that can run them on a folder.
 * @param folder the data folder, which exists
 * @throws StartupError where this machine has none
 */
export async function findPrograms(folder: string): Promise<PostgresPrograms> {
  const native = await withLinks(installedBinaries(), join(folder, "binaries"));
  const candidates = candidateAccounts(await lstat(folder));
  for (const account of candidates) {
    const binaries = canEnter(account, folder) && (await runnableBinaries(native, account));
    if (binaries) return programsIn(binaries, account);
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

function programsIn(native: string, account: Account): PostgresPrograms {
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

function canEnter(account: Account, folder: string): boolean {
  return process.platform === "win32" || succeeds(account, "sh", ["-c", 'cd "$0"', folder]);
}

/** The folder from which an account can run the binaries: their own, or a copy where only root can enter that. */
async function runnableBinaries(native: string, account: Account): Promise<string | undefined> {
  // initdb finds postgres beside it by access(), which capabilities do not affect; so starting it is not proof enough.
  const runs = (folder: string) => succeeds(account, join(folder, "bin", "initdb"), ["--show", "--pgdata", folder]);
  if (runs(native)) return native;
  if (process.getuid?.() !== 0) return undefined;
  const shared = join(tmpdir(), `vitrine-${basename(dirname(native))}`);
  await mkdir(shared, { mode: 0o755 }).catch(() => {});
  const found = await lstat(shared);
  // Anyone else who can write to this folder could replace the programs.
  if (!found.isDirectory() || found.uid !== 0 || found.mode & 0o022) {
    throw new StartupError(`${shared} must be a folder that only root can write: remove it and start again.`);
  }
  const copy = await copyBinaries(native, join(shared, "native"));
  return runs(copy) ? copy : undefined;
}

/** Creates a folder unless it exists, and gives it with all its files to the account. */
export async function ensurePrivateFolder(folder: string, { owner }: Account): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!owner || (await lstat(folder)).uid === owner.uid) return;
  for (const name of await readdir(folder, { recursive: true })) await lchown(join(folder, name), owner.uid, owner.gid);
  await lchown(folder, owner.uid, owner.gid);
}
