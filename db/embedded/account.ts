import { type SpawnOptions, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export interface FileOwner {
  uid: number;
  gid: number;
}

interface Command {
  program: string;
  args: string[];
  options: SpawnOptions;
}

/** The user that PostgreSQL runs as; it does not run as root. */
export interface Account {
  /** The command line that runs a program as this user. */
  command(program: string, args: string[]): Command;
  /** Who must own the data folder; null where this process's own files are right already. */
  owner: FileOwner | null;
}

/**
 * The accounts to try, best first. As root: the owner of the data folder; if that is root, root in a user namespace
 * (where it is another user), `nobody` with the capability to enter every folder, plain `nobody`.
 */
export function candidateAccounts(folder: FileOwner): Account[] {
  if (process.getuid?.() !== 0) return [{ command: (program, args) => ({ program, args, options: {} }), owner: null }];
  if (folder.uid !== 0) return [asUser(folder)];
  const nobody = nobodyIds();
  const mapped = ["-U", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  const enters = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const dropped = [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, "--clear-groups", ...enters];
  return [byTool("unshare", mapped, folder), byTool("setpriv", dropped, nobody), asUser(nobody)];
}

function asUser(owner: FileOwner): Account {
  return { command: (program, args) => ({ program, args, options: { ...owner } }), owner };
}

function byTool(tool: string, flags: string[], owner: FileOwner): Account {
  return { command: (program, args) => ({ program: tool, args: [...flags, program, ...args], options: {} }), owner };
}

/** Whether a command, run under an account, exits with 0. */
export function succeeds(account: Account, program: string, args: string[]): boolean {
  const command = account.command(program, args);
  return spawnSync(command.program, command.args, { ...command.options, cwd: "/", stdio: "ignore" }).status === 0;
}

/** `initdb` needs a user that is in the machine's list. */
function nobodyIds(): FileOwner {
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const fields = lines.find((line) => line.startsWith("nobody:"))?.split(":");
  return { uid: Number(fields?.[2] ?? 65534), gid: Number(fields?.[3] ?? 65534) };
}
