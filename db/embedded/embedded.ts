import { access, constants, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "../address";
import { codeOf, StartupError } from "../startup-error";
import { ensureCluster, passwordOf } from "./cluster";
import { freePort, type LivenessSocket, openLivenessSocket } from "./liveness";
import { lockFolder } from "./lock-file";
import { readPidFile, startPostmaster } from "./postmaster";
import { commandLineOf, endProcess, isRunning } from "./processes";
import { ensurePrivateFolder, findPrograms } from "./programs";
import { supervise } from "./supervise";

export interface EmbeddedPostgres {
  address: Exclude<Address, string>;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The data folder; created where it is missing. */
  folder: string;
  /** The address of this server, for the error of a second one on the same data. */
  reached: string;
  /** Where folders for sockets may be created; none: PostgreSQL listens on a port of this machine, with a password. */
  socketParents?: string[];
  log(line: string): void;
}

/**
 * Starts the embedded PostgreSQL: creates it at the first start, replaces one that a killed server left running, and
 * restarts it whenever it ends.
 * @throws StartupError where the folder cannot be used, another server has it, or PostgreSQL does not start
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  await expectWritable(options.folder);
  // Undone from the last to the first, after an error as at the end.
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const liveness = await openLivenessSocket(options.socketParents);
    undo.push(liveness.close);
    return { address: await start(options, liveness, undo), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  { folder, reached, log }: EmbeddedOptions,
  { address: liveness, sockets }: LivenessSocket,
  undo: (() => Promise<void>)[],
): Promise<EmbeddedPostgres["address"]> {
  const lock = await lockFolder(folder, { pid: process.pid, address: reached, liveness, sockets });
  undo.push(lock.release);
  const at = sockets ? { host: sockets, port: 5432 } : { host: "127.0.0.1", port: await freePort() };
  const programs = await findPrograms(folder);
  const stopOrphan = () => stopOrphanOf(join(folder, "postgres"), log);
  await stopOrphan();
  await ensureCluster(folder, programs, log);
  if (sockets) await ensurePrivateFolder(sockets, programs.account);
  const launch = () => startPostmaster(programs, folder, sockets ? { socket: sockets } : { port: at.port });
  const { stop } = await supervise(launch, (pid) => lock.setPostgres({ pid, ...at }), log, stopOrphan);
  undo.push(stop);
  return { ...at, user: "vitrine", database: "postgres", password: sockets ? undefined : await passwordOf(folder) };
}

/** Stops the PostgreSQL that a killed server left running, so that ours is always a child of this process. */
async function stopOrphanOf(data: string, log: (line: string) => void): Promise<void> {
  const [id, written = data] = readPidFile(data);
  const pid = Number(id);
  if (!pid) return;
  const command = isRunning(pid) ? commandLineOf(pid) : "";
  if (command?.includes(written)) {
    log(`Stopping the PostgreSQL that a killed server left running (process ${pid}) …`);
    if (await endProcess(pid)) return;
    throw new StartupError(
      `PostgreSQL (process ${pid}) still uses ${data} and cannot be stopped: end it and start again.`,
    );
  }
  // Another program has this id by now, which would keep PostgreSQL from starting.
  if (command !== undefined) await rm(join(data, "postmaster.pid"), { force: true });
}

async function expectWritable(folder: string): Promise<void> {
  try {
    // Others may enter but not list it: PostgreSQL may run as another user than this process.
    await mkdir(folder, { recursive: true, mode: 0o711 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartupError(
      `The data folder ${folder} cannot be written (${codeOf(error)}): give this user the right to write it, or set VITRINE_DATA to another folder.`,
    );
  }
}
