import { afterAll, beforeAll, expect, test } from "vitest";
import { between } from "#test/faulty-proxy";
import { type OpenDoor, openDoor } from "#test/http-server";
import { connect } from "./connect";

let door: OpenDoor;
beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door[Symbol.asyncDispose]());

test("a walk meets every row once, a page at a time, and only as far as it goes", async () => {
  const vitrine = connect({ url: door.origin });
  const items = Array.from({ length: 23 }, (_, n) => ({
    key: `walked-${n % 5}`,
    type: n < 20 ? "even" : "odd",
    data: n,
  }));
  const made = await vitrine.artifact.createMany.mutate({ items });
  await using way = await between(door.origin);
  const { artifacts, collections, removed } = connect({ url: way.url });
  const seen: string[] = [];
  const where = { artifacts: { type: { any: ["even"] } } };
  for await (const { id } of artifacts.page({ where, sort: "CREATED_ASC", limit: 7 })) seen.push(id);
  expect(seen.sort()).toEqual(
    made
      .slice(0, 20)
      .map(({ id }) => id)
      .sort(),
  );
  expect(way.asked).toHaveLength(3);
  for await (const { version } of collections.page({ limit: 2, sort: "KEY_ASC" })) {
    expect(version).toBe(5);
    break;
  }
  expect(way.asked).toHaveLength(4);
  for await (const { key } of removed.page()) expect.unreachable(key ?? "");
});

test("data that is too much for one answer comes in smaller pages", async () => {
  const vitrine = connect({ url: door.origin });
  for (const n of [1, 2, 3]) await vitrine.json("heavy", n);
  await using way = await between(door.origin);
  const data = { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, fits: 2 };
  way.harm.push({
    status: 413,
    type: "application/json",
    body: JSON.stringify({ error: { code: -32013, message: "Too much.", data } }),
  });
  const where = { artifacts: { key: { any: ["heavy"] } } };
  const read: unknown[] = [];
  const rows = connect({ url: way.url }).artifacts.page({ where, include: ["data"] });
  for await (const { data } of rows) read.push(data);
  expect(read).toEqual([3, 2, 1]);
  expect(way.asked).toHaveLength(3);
});
