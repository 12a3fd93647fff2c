import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isResync, openChangeStream } from "#test/change-stream";
import { startHttpServer, type TestServer } from "#test/http-server";
import { toHttpRequest, writeResponse } from "../../node";

const SECRET = "a-secret-for-reading";
const bearer = { authorization: `Bearer ${SECRET}` };
const WATCH = "/api/trpc/changes.watch";

describe("a stream of changes", () => {
  let door: TestServer;
  beforeAll(async () => {
    door = await startHttpServer({ apiKeys: [{ name: "ann", role: "read", secret: SECRET }] });
  });
  afterAll(() => door[Symbol.asyncDispose]());

  test("is kept by no cache and held back by no proxy", async () => {
    const left = new AbortController();
    const { status, headers } = await door.fetch(WATCH, { headers: bearer, signal: left.signal });
    left.abort();
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    expect(headers.get("cache-control")).toBe("no-store, no-transform");
    expect(headers.get("x-accel-buffering")).toBe("no");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test.each([
    ["without a credential", WATCH, {}, 401, "Send an API key"],
    ["with a wrong one", WATCH, { authorization: "Bearer nope" }, 401, "Send an API key"],
    ["from another site", WATCH, { ...bearer, "sec-fetch-site": "cross-site" }, 403, "site"],
    ["with a key that is none", `${WATCH}?input=${encodeURIComponent('{"keys":["A"]}')}`, bearer, 400, "lowercase"],
    ["of an unknown field", `${WATCH}?input=${encodeURIComponent('{"key":"a"}')}`, bearer, 400, "key"],
    ["in a batch", `${WATCH}?batch=1`, bearer, 400, "batch"],
  ])("is refused %s by its status and a sentence", async (_, path, headers, status, words) => {
    const answer = await door.fetch(path, { headers: { ...headers, accept: "text/event-stream" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/json"]);
    expect(await answer.text()).toContain(words);
  });
});

test("a stream ends when its reader leaves", async () => {
  await using door = await startHttpServer();
  const watchers = await Promise.all(Array.from({ length: 100 }, () => openChangeStream(door.origin)));
  expect((await door.fetch(WATCH)).status).toBe(503);
  await Promise.all(watchers.map((watcher) => watcher[Symbol.asyncDispose]()));
  await expect
    .poll(async () => {
      await using one = await openChangeStream(door.origin);
      return one.response.ok && isResync(await one.heard(isResync));
    })
    .toBe(true);
});

test("a reader that never reads is dropped, and little is held for it", async () => {
  let pulled = 0;
  let cancelled = () => {};
  const dropped = new Promise<void>((give) => {
    cancelled = give;
  });
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 64 * 1024;
      controller.enqueue(new Uint8Array(64 * 1024));
    },
    cancel: () => cancelled(),
  });
  const server = createServer((request, response) => {
    toHttpRequest(request, response);
    writeResponse(request, response, { status: 200, headers: {}, body: endless }, 300);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  const reader = connect(port, "127.0.0.1");
  reader.pause().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await dropped;
  // What the two ends of the connection hold in the kernel, and a few chunks.
  expect(pulled).toBeLessThan(32 * 1024 * 1024);
  reader.destroy();
  server.close();
});
