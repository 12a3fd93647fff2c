import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a process listens to show that it runs. The operating system closes the socket with the process. */
export type LivenessAddress = { path: string } | { port: number };

export interface LivenessSocket {
  address: LivenessAddress;
  /** A private folder for Unix sockets, short because their paths are limited to some 100 bytes; null where there are none. */
  sockets: string | null;
  close(): Promise<void>;
}

const PATH_LIMIT = 100;

/** Ports from here on are chosen by systems: on Linux from 32,768 by default, elsewhere from 49,152. */
const FIRST_EPHEMERAL = 32_768;
const FIRST_PORT = 20_000;

const SOCKET_PARENTS = process.platform === "win32" ? [] : [...new Set([tmpdir(), "/tmp"])];

/**
 * Opens a liveness socket: a Unix socket, else a port of this machine.
 * @param parents where folders for sockets may be created
 */
export async function openLivenessSocket(parents: string[] = SOCKET_PARENTS): Promise<LivenessSocket> {
  const server = createServer((socket) => socket.end());
  const sockets = await socketFolder(server, parents);
  if (!sockets) await listenOn(server, { host: "127.0.0.1", port: 0 });
  server.unref();
  const at = server.address();
  return {
    address: typeof at === "object" && at ? { port: at.port } : { path: String(at) },
    sockets,
    async close() {
      server.close();
      if (sockets) await rm(sockets, { recursive: true, force: true });
    },
  };
}

async function socketFolder(server: Server, parents: string[]): Promise<string | null> {
  for (const parent of parents) {
    if (parent.length + "/vitrine-xxxxxx/.s.PGSQL.5432.lock".length > PATH_LIMIT) continue;
    const folder = await mkdtemp(join(parent, "vitrine-")).catch(() => null);
    if (!folder) continue;
    if (await listenOn(server, { path: join(folder, "owner") }).catch(() => false)) return folder;
    await rm(folder, { recursive: true, force: true });
  }
  return null;
}

function listenOn(server: Server, where: { path: string } | { host: string; port: number }): Promise<true> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve(true);
    });
  });
}

/** Whether a process listens there; false after 2 s without a connection. */
export function isListening(address: LivenessAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = "path" in address ? connect(address.path) : connect(address.port, "127.0.0.1");
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once("connect", () => {
      resolve(true);
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.once("close", () => resolve(false));
  });
}

/**
 * A port of this machine that is free now: one that systems give to nobody who asks for any port, so that it is still free
 * when a program listens there a moment later.
 */
export async function freePort(): Promise<number> {
  let problem: unknown;
  for (let tries = 0; tries < 100; tries += 1) {
    const server = createServer();
    const port = randomInt(FIRST_PORT, FIRST_EPHEMERAL);
    try {
      await listenOn(server, { host: "127.0.0.1", port });
      await new Promise((resolve) => server.close(resolve));
      return port;
    } catch (error) {
      problem = error;
    }
  }
  throw new Error("No port of this machine could be used.", { cause: problem });
}
