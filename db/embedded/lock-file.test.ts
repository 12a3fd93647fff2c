import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { isListening, type LivenessSocket, openLivenessSocket } from "./liveness";
import { expectUnlocked, LIVENESS, lockFolder } from "./lock-file";

let folder = "";
const opened: LivenessSocket[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vitrine-lock-"));
  return () => rm(folder, { recursive: true, force: true });
});
afterAll(() => Promise.all(opened.map(({ close }) => close())));

async function owner(address = "http://127.0.0.1:4400") {
  const socket = await openLivenessSocket();
  opened.push(socket);
  return { socket, owner: { pid: process.pid, address, liveness: socket.address, sockets: socket.sockets } };
}

const written = async () => JSON.parse(await readFile(join(folder, "instance.json"), "utf8"));

test("a lock is written with the liveness address under the key that earlier versions read", async () => {
  const { socket, owner: mine } = await owner();
  expect(LIVENESS).toBe("door");
  const lock = await lockFolder(folder, mine);
  const common = {
    pid: process.pid,
    address: "http://127.0.0.1:4400",
    [LIVENESS]: socket.address,
    sockets: socket.sockets,
  };
  expect(await written()).toEqual({ ...common, postgres: null });
  await lock.setPostgres({ pid: 7, host: "/run", port: 5432 });
  expect(await written()).toEqual({ ...common, postgres: { pid: 7, host: "/run", port: 5432 } });
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
});

test("a folder that is locked by a running process is an error with its address", async () => {
  await expectUnlocked(folder);
  const { owner: first } = await owner("http://127.0.0.1:1");
  await lockFolder(folder, first);
  const { owner: second } = await owner("http://127.0.0.1:2");
  const message = `Vitrine already runs on this data at http://127.0.0.1:1 (process ${process.pid}): use that one, stop it, or set VITRINE_DATA to a folder other than ${folder}.`;
  await expect(lockFolder(folder, second)).rejects.toThrow(message);
  await expect(expectUnlocked(folder)).rejects.toThrow(message);
  expect(await readdir(folder)).toEqual(["instance.json"]);
});

test("the lock of a process that ended is replaced, and its socket folder removed", async () => {
  const sockets = await mkdtemp(join(tmpdir(), "vitrine-"));
  const stale = { pid: 1, address: "x", [LIVENESS]: { path: join(sockets, "owner") }, sockets, postgres: null };
  await writeFile(join(folder, "instance.json"), JSON.stringify(stale));
  await expectUnlocked(folder);
  const { owner: mine } = await owner("http://127.0.0.1:3");
  await lockFolder(folder, mine);
  expect(await written()).toMatchObject({ address: "http://127.0.0.1:3" });
  expect(existsSync(sockets)).toBe(false);
});

test.each(["", "{", '{"pid":1}', "null"])("a lock file with the text %j is replaced", async (text) => {
  await writeFile(join(folder, "instance.json"), text);
  const { owner: mine } = await owner();
  await (await lockFolder(folder, mine)).release();
  expect(await readdir(folder)).toEqual([]);
});

test("a liveness socket is a Unix socket where a parent folder is short and exists, else a port", async () => {
  const long = join(tmpdir(), "x".repeat(100));
  for (const [parents, type] of [
    [[long, "/nowhere", tmpdir()], "path"],
    [[long, "/nowhere"], "port"],
  ] as const) {
    const socket = await openLivenessSocket([...parents]);
    expect(Object.keys(socket.address)).toEqual([type]);
    expect(socket.sockets === null).toBe(type === "port");
    expect(await isListening(socket.address)).toBe(true);
    await socket.close();
    expect(await isListening(socket.address)).toBe(false);
    expect(socket.sockets && existsSync(socket.sockets)).toBeFalsy();
  }
});
