import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { candidateAccounts } from "#db/embedded/account";
import { freePort } from "#db/embedded/liveness";
import type { FreshDatabase } from "./database";

/** A real PgBouncer in front of a test's database. */
export interface Pooler extends AsyncDisposable {
  /** A value of DATABASE_URL. */
  url: string;
  /** Everything that it logged. */
  log(): string;
}

/** Why tests of PgBouncer are skipped on this machine; "" where they run. */
export const withoutPgbouncer =
  spawnSync("pgbouncer", ["--version"]).status === 0 ? "" : "PgBouncer is not installed (package pgbouncer)";

/** @param lines more of its configuration, such as `pool_mode = transaction` */
export async function startPgbouncer({ address }: Pick<FreshDatabase, "address">, ...lines: string[]): Promise<Pooler> {
  const folder = await mkdtemp(join(tmpdir(), "vitrine-pgbouncer-"));
  const [file, port, { host, user, database }] = [join(folder, "pgbouncer.ini"), await freePort(), address];
  const configuration = [
    ...["[databases]", `* = host=${host} port=${address.port} user=${user}`, "[pgbouncer]"],
    ...["listen_addr = 127.0.0.1", `listen_port = ${port}`, "unix_socket_dir =", "auth_type = any"],
    ...["max_client_conn = 1000", "default_pool_size = 8", "server_lifetime = 600", ...lines],
  ];
  await writeFile(file, configuration.join("\n"));
  await chmod(folder, 0o755);
  // Like PostgreSQL it does not run as root, and it must be able to enter the folder of the socket.
  const command = candidateAccounts(await lstat(host))[0]?.command("pgbouncer", [file]);
  if (!command) throw new Error("an account always has candidates");
  const child = spawn(command.program, command.args, {
    ...command.options,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = once(child, "close");
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let log = "";
  await new Promise<void>((resolve, reject) => {
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      log += text;
      if (log.includes("process up")) resolve();
    });
    ended.then(() => reject(new Error(`PgBouncer did not start: ${log}`)));
  });
  return {
    url: `postgres://${user}@127.0.0.1:${port}/${database}`,
    log: () => log,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
      process.off("exit", kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
