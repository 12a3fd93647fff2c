import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where a server shows that it lives: it ends with the process, however that ends. */
export type Door = { path: string } | { port: number };

/** The door of this process, and the folder for sockets where this machine has them. */
export interface Owner {
  door: Door;
  /** A short private folder, for a socket's path has some 100 bytes at most; null: no sockets here. */
  sockets: string | null;
  close(): Promise<void>;
}

const PATH_LIMIT = 100;

/** Where folders for sockets may be made. */
export const SOCKET_PARENTS = process.platform === "win32" ? [] : [...new Set([tmpdir(), "/tmp"])];

/** Opens the door: a Unix socket below one of the parents, else a port of this machine. */
export async function owner(parents: string[] = SOCKET_PARENTS): Promise<Owner> {
  const server = createServer((socket) => socket.end());
  const sockets = await socketFolder(server, parents);
  if (!sockets) await listening(server, { host: "127.0.0.1", port: 0 });
  // It says only that the process lives, it does not keep it alive.
  server.unref();
  const at = server.address();
  return {
    door: typeof at === "object" && at ? { port: at.port } : { path: String(at) },
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
    if (await listening(server, { path: join(folder, "owner") }).catch(() => false)) return folder;
    await rm(folder, { recursive: true, force: true });
  }
  return null;
}

function listening(server: Server, where: { path: string } | { host: string; port: number }): Promise<true> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve(true);
    });
  });
}

/** Whether somebody answers at a door. */
export function ask(door: Door): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = "path" in door ? connect(door.path) : connect(door.port, "127.0.0.1");
    socket.setTimeout(2_000, () => socket.destroy());
    socket.once("connect", () => {
      resolve(true);
      socket.destroy();
    });
    socket.on("error", () => {});
    socket.once("close", () => resolve(false));
  });
}

/** A port of this machine that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listening(server, { host: "127.0.0.1", port: 0 });
  const at = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof at === "object" && at ? at.port : 0;
}
