import { afterAll, beforeAll, expect, test } from "vitest";
import { openFaultyProxy } from "#test/faulty-proxy";
import { startHttpServer, type TestServer } from "#test/http-server";
import { connect } from "./connect";

let server: TestServer;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server[Symbol.asyncDispose]());

test("yields every row once and fetches only the pages that are read", async () => {
  const vitrine = connect({ url: server.origin });
  const items = Array.from({ length: 23 }, (_, n) => ({
    key: `paged-${n % 5}`,
    type: n < 20 ? "even" : "odd",
    data: n,
  }));
  const created = await vitrine.artifact.createMany.mutate({ items });
  await using proxy = await openFaultyProxy(server.origin);
  const { artifacts, collections, removed } = connect({ url: proxy.url });
  const seen: string[] = [];
  const where = { artifacts: { type: { any: ["even"] } } };
  for await (const { id } of artifacts.page({ where, sort: "CREATED_ASC", limit: 7 })) seen.push(id);
  expect(seen.sort()).toEqual(
    created
      .slice(0, 20)
      .map(({ id }) => id)
      .sort(),
  );
  expect(proxy.requests).toHaveLength(3);
  for await (const { version } of collections.page({ limit: 2, sort: "KEY_ASC" })) {
    expect(version).toBe(5);
    break;
  }
  expect(proxy.requests).toHaveLength(4);
  for await (const { key } of removed.page()) expect.unreachable(key ?? "");
});

test("requests smaller pages when the data of a page is too large", async () => {
  const vitrine = connect({ url: server.origin });
  for (const n of [1, 2, 3]) await vitrine.json("heavy", n);
  await using proxy = await openFaultyProxy(server.origin);
  const data = { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, fits: 2 };
  proxy.faults.push({
    status: 413,
    type: "application/json",
    body: JSON.stringify({ error: { code: -32013, message: "Too much.", data } }),
  });
  const where = { artifacts: { key: { any: ["heavy"] } } };
  const read: unknown[] = [];
  const rows = connect({ url: proxy.url }).artifacts.page({ where, include: ["data"] });
  for await (const { data } of rows) read.push(data);
  expect(read).toEqual([3, 2, 1]);
  expect(proxy.requests).toHaveLength(3);
});
