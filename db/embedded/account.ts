import { type SpawnOptions, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** An operating system's user. */
export interface Owner {
  uid: number;
  gid: number;
}

/** A command line with what it is spawned with. */
export interface Command {
  program: string;
  args: string[];
  options: SpawnOptions;
}

/** Whom PostgreSQL runs as; it refuses to run as root. */
export interface Account {
  /** How a command is started under it. */
  command(program: string, args: string[]): Command;
  /** Who must own the data, or null where the process's own files are already right. */
  owner: Owner | null;
}

/**
 * The accounts to try, best first. For root: the data folder's own user; else root itself in a user namespace (there
 * it is not root), `nobody` who may still enter every folder, plain `nobody`.
 * @param folder who owns the data folder
 */
export function accounts(folder: Owner): Account[] {
  if (process.getuid?.() !== 0) return [{ command: (program, args) => ({ program, args, options: {} }), owner: null }];
  if (folder.uid !== 0) return [plain(folder)];
  const nobody = nobodyHere();
  const mapped = ["-U", `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`];
  const enters = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const dropped = [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, "--clear-groups", ...enters];
  return [through("unshare", mapped, folder), through("setpriv", dropped, nobody), plain(nobody)];
}

function plain(owner: Owner): Account {
  return { command: (program, args) => ({ program, args, options: { ...owner } }), owner };
}

function through(tool: string, flags: string[], owner: Owner): Account {
  return { command: (program, args) => ({ program: tool, args: [...flags, program, ...args], options: {} }), owner };
}

/** Runs a command under an account and says whether it ended well. */
export function succeeds(account: Account, program: string, args: string[]): boolean {
  const command = account.command(program, args);
  return spawnSync(command.program, command.args, { ...command.options, cwd: "/", stdio: "ignore" }).status === 0;
}

/** `initdb` wants an account that the machine knows by name. */
function nobodyHere(): Owner {
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const fields = lines.find((line) => line.startsWith("nobody:"))?.split(":");
  return { uid: Number(fields?.[2] ?? 65534), gid: Number(fields?.[3] ?? 65534) };
}
