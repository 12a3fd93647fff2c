import { expect, test, vi } from "vitest";
import { freshDatabase } from "#test/database";
import { expectWritable } from "./write-guard";

const REQUIRE_LATER = "insert into vitrine_migration (number, name, requires) values (999, '0999_later', 999)";

test("rejects writes within a second after a migration that requires a later program, and allows them again", async () => {
  await using fresh = await freshDatabase();
  vi.useFakeTimers({ toFake: ["performance"] });
  await expectWritable(fresh.pools);
  await fresh.db.execute(REQUIRE_LATER);
  // One check holds for a second, since there is one before every write.
  await expectWritable(fresh.pools);
  vi.advanceTimersByTime(1_001);
  const error = { code: "SERVICE_UNAVAILABLE", message: expect.stringContaining("newer schema (0999_later)") };
  await expect(expectWritable(fresh.pools)).rejects.toMatchObject(error);
  await fresh.db.execute("delete from vitrine_migration where number = 999");
  vi.advanceTimersByTime(1_001);
  await expectWritable(fresh.pools);
  vi.useRealTimers();
});

test("rejects writes while migrations are pending", async () => {
  await using fresh = await freshDatabase();
  await fresh.db.execute("delete from vitrine_migration where number = 0");
  const error = { code: "SERVICE_UNAVAILABLE", message: 'The database needs a migration: run "vitrine migrate".' };
  await expect(expectWritable(fresh.pools)).rejects.toMatchObject(error);
});

test("checks again at once after a check that failed", async () => {
  await using fresh = await freshDatabase();
  await fresh.db.execute("alter table vitrine_migration rename to moved");
  await fresh.db.execute(
    "create view vitrine_migration as select 1 / (number - number) as number, name, requires from moved",
  );
  await expect(expectWritable(fresh.pools)).rejects.toThrow();
  await fresh.db.execute("drop view vitrine_migration");
  await fresh.db.execute("alter table moved rename to vitrine_migration");
  await expectWritable(fresh.pools);
});
