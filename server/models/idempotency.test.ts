import { expect, it } from "vitest";
import { callerOn } from "#test/caller";
import { freshDatabase } from "#test/database";

it("keeps the order of a batch for any idempotency keys", async () => {
  await using fresh = await freshDatabase();
  const call = callerOn(fresh);
  const items = Array.from({ length: 40 }, (_, at) => ({
    key: "batch",
    data: at,
    ...(at % 5 !== 0 && { idempotencyKey: `${(at * 7919) % 97}-${at}` }),
  }));
  await call.artifact.createMany({ items });
  const listed = await call.artifact.list({ where: { artifacts: { key: { any: ["batch"] } } } });
  expect(listed.map(({ version }) => version)).toEqual(Array.from({ length: 40 }, (_, at) => 40 - at));
});
