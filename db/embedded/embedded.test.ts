import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { connect } from "../postgres";
import { candidateAccounts, succeeds } from "./account";
import { startEmbedded } from "./embedded";
import { endProcess, isRunning } from "./processes";

async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "vitrine-embedded-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

const options = { reached: "here", log: () => {} };

test("listens on a port with a password where Unix sockets cannot be created, and knows letters beyond ASCII", async () => {
  await using folder = await temporaryFolder();
  const postgres = await startEmbedded({ ...options, folder: folder.path, socketParents: [] });
  const right = connect(postgres.address);
  const [row] = await right.db.execute(sql`show fsync`);
  expect(row).toEqual({ fsync: "on" });
  // It sorts in byte order.
  const [text] = await right.db.execute(sql`select 'a' < 'B' as locale, upper('é') as upper, 'É' ~* 'é' as matches`);
  expect(text).toEqual({ locale: false, upper: "É", matches: true });
  const wrong = connect({ ...postgres.address, password: "guess" });
  await expect(wrong.db.execute(sql`select 1`)).rejects.toMatchObject({ cause: { code: "28P01" } });
  await Promise.all([right.close(), wrong.close()]);
  await postgres.close();
});

test("removes what an interrupted first start left behind", async () => {
  await using folder = await temporaryFolder();
  // A process of a container has the same id at each start.
  await mkdir(join(folder.path, `postgres.new-${process.pid}`, "base"), { recursive: true });
  await writeFile(join(folder.path, `password.new-${process.pid}`), "");
  await writeFile(join(folder.path, "instance.new-999999999"), "");
  await writeFile(join(folder.path, "instance.json"), '{"pid": 1, "addr');
  const postgres = await startEmbedded({ ...options, folder: folder.path });
  expect((await readdir(folder.path)).sort()).toEqual(["instance.json", "postgres", "postgres.log"]);
  await postgres.close();
});

test("starts while the initdb of a killed start still writes, and removes its files at the next start", async () => {
  await using folder = await temporaryFolder();
  const writing = "while :; do [ -d $0/base ] || mkdir -p $0/base; : > $0/base/$((i=i+1)); done";
  const orphan = spawn("sh", ["-c", writing, join(folder.path, "postgres.new-999999999")], { stdio: "ignore" });
  onTestFinished(() => void orphan.kill("SIGKILL"));
  const written = join(folder.path, "postgres.new-999999999", "base", "500");
  await expect.poll(() => existsSync(written), { timeout: 20_000 }).toBe(true);
  const first = await startEmbedded({ ...options, folder: folder.path });
  await first.close();
  orphan.kill("SIGKILL");
  await once(orphan, "exit");
  const second = await startEmbedded({ ...options, folder: folder.path });
  expect((await readdir(folder.path)).sort()).toEqual(["instance.json", "postgres", "postgres.log"]);
  await second.close();
});

test.runIf(process.getuid?.() === 0)(
  "root never runs PostgreSQL as root, nor below a folder it cannot enter",
  async () => {
    await using folder = await temporaryFolder();
    await chmod(folder.path, 0o700);
    const allowed = candidateAccounts({ uid: 0, gid: 0 }).filter((account) => succeeds(account, "true", []));
    expect(allowed.length).toBeGreaterThan(0);
    for (const account of allowed) expect(succeeds(account, "sh", ["-c", '[ "$(id -u)" != 0 ]'])).toBe(true);
    expect(candidateAccounts({ uid: 1234, gid: 1234 }).map(({ owner }) => owner)).toEqual([{ uid: 1234, gid: 1234 }]);
  },
);

test("endProcess ends a process, which then is not running", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const pid = child.pid ?? 0;
  expect(isRunning(pid)).toBe(true);
  expect(await endProcess(pid)).toBe(true);
  expect(isRunning(pid)).toBe(false);
});
