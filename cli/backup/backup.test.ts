import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/postgres";
import { callerOn } from "#test/caller";
import { openShell, type Shell } from "#test/cli";
import { checkFixture, fixture } from "#test/fixtures/check";

/** Everything that a store holds, as PostgreSQL writes it. */
async function contentOf(db: Database): Promise<string[]> {
  const tables = ["flow", "artifact", "artifact_data", "artifact_trash", "artifact_collection", "artifact_idempotency"];
  const texts = await Promise.all(
    tables.map((table) => db.execute<{ row: string }>(`select t::text as row from ${table} t order by 1`)),
  );
  return texts.flat().map(({ row }) => row);
}

describe("vitrine backup and restore-backup", () => {
  let here: Shell;
  let there: Shell;
  beforeAll(async () => {
    [here, there] = [await openShell(), await openShell()];
    const call = callerOn(here.server);
    for (let i = 0; i < 30; i++) {
      await call.artifact.create({
        key: `key-${i % 7}`,
        data: randomBytes(120_000).toString("hex"),
        idempotencyKey: `${i}`,
      });
    }
    await call.collection.remove({ key: "key-3" });
    await call.flow.create({ name: "etl" });
  });
  afterAll(async () => {
    await here[Symbol.asyncDispose]();
    await there[Symbol.asyncDispose]();
  });

  it("go on after an interruption, and bring the store of that moment into another", async () => {
    const whole = await here.json(["backup", "whole.backup"]);
    expect(whole).toMatchObject({
      resumed: false,
      counts: { artifact: 26, artifact_trash: 4, artifact_collection: 7 },
    });
    // What a process that was killed leaves behind: a file that is torn somewhere.
    const bytes = await readFile(join(here.folder, "whole.backup"));
    await here.file("torn.backup.part", bytes.subarray(0, Math.floor(bytes.byteLength * 0.6)));
    await callerOn(here.server).artifact.create({ key: "key-1", data: "since" });
    expect(await here.json(["backup", "torn.backup"])).toMatchObject({ resumed: true, counts: { artifact: 27 } });
    expect(existsSync(join(here.folder, "torn.backup.part"))).toBe(false);

    const file = join(here.folder, "torn.backup");
    const begun = there.start(["restore-backup", file]);
    const parts = () => there.server.db.execute(`select number from backup_part`);
    await expect.poll(parts, { timeout: 20_000 }).not.toHaveLength(0);
    begun.child.kill("SIGKILL");
    await begun.ended;
    const again = await there.run(["restore-backup", file]);
    expect(again).toMatchObject({ code: 0 });
    expect(await contentOf(there.server.db)).toEqual(await contentOf(here.server.db));
    expect(await callerOn(there.server).admin.doctor()).toEqual([]);
    expect(await callerOn(there.server).artifact.create({ key: "key-3" })).toMatchObject({ version: 5 });
    expect(await there.json(["restore-backup", file])).toMatchObject({ counts: null });
  });

  it("refuse a file that is cut off, altered or none, one that is there, and a store that is not empty", async () => {
    const whole = await here.json(["backup", "second.backup"]);
    const bytes = await readFile(join(here.folder, "second.backup"));
    expect(whole).toMatchObject({ bytes: bytes.byteLength });
    await here.file("cut.backup", bytes.subarray(0, bytes.byteLength - 1));
    await here.file(
      "altered.backup",
      bytes.map((byte, i) => (i === bytes.byteLength >> 1 ? byte ^ 1 : byte)),
    );
    const seal = bytes.lastIndexOf('{"part":"seal"');
    const end = bytes.lastIndexOf('{"part":"end"');
    await here.file("shortened.backup", Buffer.concat([bytes.subarray(0, end), bytes.subarray(seal)]));
    await here.file("none.backup", "# Vitrine\n");
    const errorOf = async (args: string[]) => {
      const { code, stdout, stderr } = await here.run(args);
      expect([code, stdout]).toEqual([1, ""]);
      return stderr;
    };
    expect(await errorOf(["restore-backup", "cut.backup"])).toMatch(/cut off before its end/);
    expect(await errorOf(["restore-backup", "altered.backup"])).toMatch(/was altered/);
    expect(await errorOf(["restore-backup", "shortened.backup"])).toMatch(/was altered/);
    expect(await errorOf(["restore-backup", "none.backup"])).toMatch(/Not a Vitrine backup/);
    expect(await errorOf(["restore-backup", "missing.backup"])).toMatch(/missing\.backup/);
    expect(await errorOf(["restore-backup", "second.backup"])).toMatch(/has rows/);
    expect(await errorOf(["backup", "second.backup"])).toMatch(/is there already/);
    await here.file("other.backup.part", "# Vitrine\n");
    expect(await errorOf(["backup", "other.backup"])).toMatch(/Not a Vitrine backup/);
    expect((await stat(join(here.folder, "other.backup.part"))).size).toBe(10);
  });
});

it("restores a backup that a program of schema 0004 wrote (format 1), with every row to the letter", async () => {
  await using shell = await openShell();
  const restored = await shell.json(["restore-backup", fixture("vitrine.backup")]);
  expect(restored).toMatchObject({ counts: { artifact: 12, artifact_trash: 7, flow_run: 3 }, violations: 0 });
  await checkFixture(shell.server.pools);
});
