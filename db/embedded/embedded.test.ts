import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect } from "../postgres";
import { candidateAccounts, succeeds } from "./account";
import { startEmbedded } from "./embedded";
import { endProcess, isRunning } from "./processes";

async function folder() {
  const path = await mkdtemp(join(tmpdir(), "vitrine-embedded-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const options = { reached: "here", log: () => {} };

test("where sockets cannot be, a port of this machine asks for a password", async () => {
  await using here = await folder();
  const own = await startEmbedded({ ...options, folder: here.path, socketParents: [] });
  const right = connect(own.address);
  const [row] = await right.db.execute(sql`show fsync`);
  expect(row).toEqual({ fsync: "on" });
  const wrong = connect({ ...own.address, password: "guess" });
  await expect(wrong.db.execute(sql`select 1`)).rejects.toMatchObject({ cause: { code: "28P01" } });
  await Promise.all([right.close(), wrong.close()]);
  await own.close();
});

test("what a first start that was cut short left behind is dropped", async () => {
  await using here = await folder();
  await mkdir(join(here.path, "postgres.new-999999999"));
  await writeFile(join(here.path, "instance.json"), '{"pid": 1, "addr');
  const own = await startEmbedded({ ...options, folder: here.path });
  expect((await readdir(here.path)).sort()).toEqual(["instance.json", "postgres", "postgres.log"]);
  await own.close();
});

test.runIf(process.getuid?.() === 0)(
  "root never runs PostgreSQL as root, nor below a folder it cannot enter",
  async () => {
    await using here = await folder();
    await chmod(here.path, 0o700);
    const allowed = candidateAccounts({ uid: 0, gid: 0 }).filter((account) => succeeds(account, "true", []));
    expect(allowed.length).toBeGreaterThan(0);
    for (const account of allowed) expect(succeeds(account, "sh", ["-c", '[ "$(id -u)" != 0 ]'])).toBe(true);
    expect(candidateAccounts({ uid: 1234, gid: 1234 }).map(({ owner }) => owner)).toEqual([{ uid: 1234, gid: 1234 }]);
  },
);

test("a process that ends is known to be gone", async () => {
  const { spawn } = await import("node:child_process");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const pid = child.pid ?? 0;
  expect(isRunning(pid)).toBe(true);
  expect(await endProcess(pid)).toBe(true);
  expect(isRunning(pid)).toBe(false);
});
