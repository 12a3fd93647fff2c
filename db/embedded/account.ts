import { type SpawnOptions, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Whom PostgreSQL runs as; it refuses to run as root. */
export interface Account {
  /** How a command is started under it. */
  command(program: string, args: string[]): { program: string; args: string[]; options: SpawnOptions };
  /** Who must own the data, or null where the process's own files are already right. */
  owner: { uid: number; gid: number } | null;
  /** Whether it can enter folders that only root can enter. */
  entersAll: boolean;
}

const self: Account = { command: (program, args) => ({ program, args, options: {} }), owner: null, entersAll: true };

let chosen: Account | undefined;

/** The account for this process: itself, or for root the least intrusive that this machine allows. */
export function account(): Account {
  chosen ??= process.getuid?.() === 0 ? (forRoot().find(works) ?? self) : self;
  return chosen;
}

/** The ways of root, best first: a user namespace, `nobody` who may still enter every folder, plain `nobody`. */
export function forRoot(): Account[] {
  const { uid, gid } = nobody();
  const through = (tool: string, flags: string[]) => (program: string, args: string[]) => ({
    program: tool,
    args: [...flags, program, ...args],
    options: {},
  });
  const mapped = ["-U", `--map-user=${uid}`, `--map-group=${gid}`];
  const enters = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  const dropped = [`--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", ...enters];
  return [
    { command: through("unshare", mapped), owner: { uid: 0, gid: 0 }, entersAll: true },
    { command: through("setpriv", dropped), owner: { uid, gid }, entersAll: true },
    { command: (program, args) => ({ program, args, options: { uid, gid } }), owner: { uid, gid }, entersAll: false },
  ];
}

function works(candidate: Account): boolean {
  const { program, args, options } = candidate.command("true", []);
  return spawnSync(program, args, { ...options, stdio: "ignore" }).status === 0;
}

/** `initdb` wants an account that the machine knows by name. */
function nobody(): { uid: number; gid: number } {
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const fields = lines.find((line) => line.startsWith("nobody:"))?.split(":");
  return { uid: Number(fields?.[2] ?? 65534), gid: Number(fields?.[3] ?? 65534) };
}
