import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { lchown, lstat, mkdir, readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Refusal } from "#db/refusal";
import { type Account, account } from "./account";
import { copied, installed, linked } from "./binaries";

/** The PostgreSQL programs and the account they run under. */
export interface Program {
  account: Account;
  /** Runs one to its end. @returns its exit code and what it wrote to stderr */
  run(name: string, args: string[]): Promise<{ code: number | null; errors: string }>;
  /** Starts one that outlives a Ctrl-C in the terminal: it is stopped by us, after the requests. */
  start(name: string, args: string[], log: number): ChildProcess;
}

/**
 * Finds the binaries and whom to run them as.
 * @param folder the data folder, which they must be able to enter
 * @throws Refusal where this machine allows none
 */
export async function program(folder: string, as: Account = account()): Promise<Program> {
  const linkedOnes = await linked(installed(), join(folder, "binaries"));
  const native = as.entersAll ? linkedOnes : await readable(linkedOnes, as);
  if (!as.entersAll) await refuseUnreachable(folder, as);
  const command = (name: string, args: string[]) => as.command(join(native, "bin", name), args);
  return {
    account: as,
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

/** The checkout may lie where only root can enter: then the binaries run from a copy that everyone can read. */
async function readable(native: string, as: Account): Promise<string> {
  const { program, args, options } = as.command(join(native, "bin", "postgres"), ["--version"]);
  if (spawnSync(program, args, { ...options, stdio: "ignore" }).status === 0) return native;
  const open = join(tmpdir(), `vitrine-${basename(dirname(native))}`);
  await mkdir(open, { mode: 0o755 }).catch(() => {});
  const found = await lstat(open);
  // Whoever else made or can write this folder could put programs of theirs in it.
  if (!found.isDirectory() || found.uid !== 0 || found.mode & 0o022) {
    throw new Refusal(`${open} must be a folder that only root can write: remove it and start again.`);
  }
  return copied(native, join(open, "native"));
}

async function refuseUnreachable(folder: string, as: Account): Promise<void> {
  const { program, args, options } = as.command("sh", ["-c", 'cd "$0"', folder]);
  if (spawnSync(program, args, { ...options, cwd: "/", stdio: "ignore" }).status === 0) return;
  throw new Refusal(
    `PostgreSQL does not run as root, and the user nobody cannot enter ${folder}: run Vitrine as an ordinary user, or set VITRINE_DATA to a folder that everyone can enter, such as /var/lib/vitrine.`,
  );
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
