import { access, constants, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "../postgres";
import { codeOf, StartupError } from "../startup-error";
import { claim } from "./claim";
import { cluster, passwordOf } from "./cluster";
import { keep } from "./keep";
import { freePort, owner } from "./owner";
import { alive, commandOf, end } from "./pids";
import { pidFile, postmaster } from "./postmaster";
import { hand, program } from "./program";

/** A PostgreSQL of our own that stays up until it is closed. */
export interface Embedded {
  address: Exclude<Address, string>;
  close(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The data folder; made where it is missing. */
  folder: string;
  /** Where this server is reached: said to a second one on the same data. */
  reached: string;
  /** Where folders for sockets may be made; none: a port of this machine is used, with a password. */
  socketParents?: string[];
  /** Told what happens, a line each. */
  say(line: string): void;
}

/**
 * Starts the embedded PostgreSQL: made at the first time, taken back from a server that was killed, started again
 * when it ends by itself.
 * @throws Refusal where the folder cannot be used, another server has it, or PostgreSQL does not start
 */
export async function embedded(options: EmbeddedOptions): Promise<Embedded> {
  const { folder, reached } = options;
  await writable(folder);
  // What was begun is undone from the last to the first, at a refusal as at the end.
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const mine = await owner(options.socketParents);
  undo.push(mine.close);
  const { door, sockets } = mine;
  return start().catch(async (error) => {
    await close();
    throw error;
  });

  async function start(): Promise<Embedded> {
    const held = await claim(folder, { pid: process.pid, address: reached, door, sockets, postgres: null });
    undo.push(held.release);
    const place = sockets ? { host: sockets, port: 5432 } : { host: "127.0.0.1", port: await freePort() };
    const stop = await run(options, sockets ?? place.port, (pid) => held.tell({ pid, ...place }));
    undo.push(stop);
    const password = sockets ? undefined : await passwordOf(folder);
    return { address: { ...place, user: "vitrine", database: "postgres", password }, close };
  }
}

async function run({ folder, say }: EmbeddedOptions, at: string | number, up: (pid: number) => Promise<void>) {
  const programs = await program(folder);
  await takeBack(join(folder, "postgres"), say);
  await cluster(folder, programs, () => say("Making the database …"));
  if (typeof at === "string") await hand(at, programs.account);
  const listen = typeof at === "string" ? { socket: at } : { port: at };
  const kept = await keep(() => postmaster(programs, folder, listen), up, say);
  return kept.stop;
}

/** A server that was killed leaves its PostgreSQL running: it is stopped, so that ours is always our own child. */
async function takeBack(data: string, say: (line: string) => void): Promise<void> {
  const [id, written = data] = pidFile(data);
  const pid = Number(id);
  if (!pid) return;
  const command = alive(pid) ? commandOf(pid) : "";
  if (command?.includes(written)) {
    say(`Stopping the PostgreSQL that a killed server left (process ${pid}) …`);
    if (await end(pid)) return;
    throw new StartupError(
      `PostgreSQL (process ${pid}) still has ${data} and cannot be stopped: end it and start again.`,
    );
  }
  // The id belongs to another program by now; PostgreSQL itself would be misled by it.
  if (command !== undefined) await rm(join(data, "postmaster.pid"), { force: true });
}

async function writable(folder: string): Promise<void> {
  try {
    // Others may pass through but not look: PostgreSQL may run as another user than this process.
    await mkdir(folder, { recursive: true, mode: 0o711 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartupError(
      `The data folder ${folder} cannot be written (${codeOf(error)}): give this user the right to, or set VITRINE_DATA to another folder.`,
    );
  }
}
