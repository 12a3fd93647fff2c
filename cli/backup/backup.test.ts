import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/postgres";
import { callerOn } from "#test/caller";
import { openShell, type Shell } from "#test/cli";
import { checkFixture, fixture, SCHEMAS } from "#test/fixtures/check";

/** All rows of these tables as text. */
async function contentOf(db: Database): Promise<string[]> {
  const tables = ["flow", "artifact", "artifact_data", "artifact_trash", "artifact_collection", "artifact_idempotency"];
  // Not whether a preview was made of the data, which the target does anew; and transactions are those of the target.
  const fields = (table: string) =>
    table === "artifact_data" ? "(artifact_id, data::text)" : "(to_jsonb(t) - 'created_xid')";
  const texts = await Promise.all(
    tables.map((table) =>
      db.execute<{ row: string }>(`select ${fields(table)}::text as row from ${table} t order by 1`),
    ),
  );
  return texts.flat().map(({ row }) => row);
}

describe("vitrine backup and restore-backup", () => {
  let source: Shell;
  let target: Shell;
  beforeAll(async () => {
    [source, target] = [await openShell(), await openShell()];
    const call = callerOn(source.server);
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
    await source[Symbol.asyncDispose]();
    await target[Symbol.asyncDispose]();
  });

  it("continue after an interruption, and restore every row", async () => {
    const whole = await source.json(["backup", "whole.backup"]);
    expect(whole).toMatchObject({
      resumed: false,
      counts: { artifact: 26, artifact_trash: 4, artifact_collection: 7 },
    });
    // A process that is killed leaves an incomplete file.
    const bytes = await readFile(join(source.folder, "whole.backup"));
    await source.file("incomplete.backup.part", bytes.subarray(0, Math.floor(bytes.byteLength * 0.6)));
    await callerOn(source.server).artifact.create({ key: "key-1", data: "since" });
    expect(await source.json(["backup", "incomplete.backup"])).toMatchObject({
      resumed: true,
      counts: { artifact: 27 },
    });
    expect(existsSync(join(source.folder, "incomplete.backup.part"))).toBe(false);

    const file = join(source.folder, "incomplete.backup");
    const running = target.start(["restore-backup", file]);
    const parts = () => target.server.db.execute(`select number from backup_part`);
    await expect.poll(parts, { timeout: 20_000 }).not.toHaveLength(0);
    running.child.kill("SIGKILL");
    await running.ended;
    const again = await target.run(["restore-backup", file]);
    expect(again).toMatchObject({ code: 0 });
    expect(await contentOf(target.server.db)).toEqual(await contentOf(source.server.db));
    expect(await callerOn(target.server).admin.doctor()).toEqual([]);
    expect(await callerOn(target.server).artifact.create({ key: "key-3" })).toMatchObject({ version: 5 });
    expect(await target.json(["restore-backup", file])).toMatchObject({ counts: null });
  });

  it("reject an incomplete, altered or other file, an existing one, and an instance that is not empty", async () => {
    const whole = await source.json(["backup", "second.backup"]);
    const bytes = await readFile(join(source.folder, "second.backup"));
    expect(whole).toMatchObject({ bytes: bytes.byteLength });
    await source.file("cut.backup", bytes.subarray(0, bytes.byteLength - 1));
    await source.file(
      "altered.backup",
      bytes.map((byte, i) => (i === bytes.byteLength >> 1 ? byte ^ 1 : byte)),
    );
    const seal = bytes.lastIndexOf('{"part":"seal"');
    const end = bytes.lastIndexOf('{"part":"end"');
    await source.file("shortened.backup", Buffer.concat([bytes.subarray(0, end), bytes.subarray(seal)]));
    await source.file("other.backup", "# Vitrine\n");
    const errorOf = async (args: string[]) => {
      const { code, stdout, stderr } = await source.run(args);
      expect([code, stdout]).toEqual([1, ""]);
      return stderr;
    };
    expect(await errorOf(["restore-backup", "cut.backup"])).toMatch(/cut.backup is incomplete/);
    expect(await errorOf(["restore-backup", "altered.backup"])).toMatch(/was altered/);
    expect(await errorOf(["restore-backup", "shortened.backup"])).toMatch(/was altered/);
    expect(await errorOf(["restore-backup", "other.backup"])).toMatch(/Not a Vitrine backup/);
    expect(await errorOf(["restore-backup", "missing.backup"])).toMatch(/missing\.backup/);
    expect(await errorOf(["restore-backup", "second.backup"])).toMatch(/has rows/);
    expect(await errorOf(["backup", "second.backup"])).toMatch(/exists already/);
    await source.file("another.backup.part", "# Vitrine\n");
    expect(await errorOf(["backup", "another.backup"])).toMatch(/Not a Vitrine backup/);
    expect((await stat(join(source.folder, "another.backup.part"))).size).toBe(10);
  });
});

it.each(SCHEMAS)(
  "restores a backup that a program of schema %s wrote (format 1), with every row to the letter",
  async (schema) => {
    await using shell = await openShell();
    const restored = await shell.json(["restore-backup", fixture(schema, "vitrine.backup")]);
    expect(restored).toMatchObject({ counts: { artifact: 12, artifact_trash: 7, flow_run: 3 }, violations: 0 });
    await checkFixture(schema, shell.server.pools);
  },
);
