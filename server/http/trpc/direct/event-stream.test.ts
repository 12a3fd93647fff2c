import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isResync, openChangeStream } from "#test/change-stream";
import { startHttpServer, type TestServer } from "#test/http-server";
import { eventStream } from "./event-stream";

const SECRET = "a-secret-for-reading";
const bearer = { authorization: `Bearer ${SECRET}` };
const WATCH = "/api/trpc/changes.watch";

describe("changes.watch", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startHttpServer({ apiKeys: [{ name: "ann", role: "read", secret: SECRET }] });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it("is neither cached nor buffered by a proxy", async () => {
    const close = new AbortController();
    const { status, headers } = await server.fetch(WATCH, { headers: bearer, signal: close.signal });
    close.abort();
    expect([status, headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    expect(headers.get("cache-control")).toBe("no-store, no-transform");
    expect(headers.get("x-accel-buffering")).toBe("no");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  it.each([
    ["without a credential", WATCH, {}, 401, "Send an API key"],
    ["with a wrong credential", WATCH, { authorization: "Bearer nope" }, 401, "Send an API key"],
    ["from another site", WATCH, { ...bearer, "sec-fetch-site": "cross-site" }, 403, "site"],
    ["of an invalid key", `${WATCH}?input=${encodeURIComponent('{"keys":["A"]}')}`, bearer, 400, "lowercase"],
    ["of an unknown field", `${WATCH}?input=${encodeURIComponent('{"key":"a"}')}`, bearer, 400, "key"],
    ["in a batch", `${WATCH}?batch=1`, bearer, 400, "batch"],
  ])("rejects a request %s by its status", async (_, path, headers, status, message) => {
    const response = await server.fetch(path, { headers: { ...headers, accept: "text/event-stream" } });
    expect([response.status, response.headers.get("content-type")]).toEqual([status, "application/json"]);
    expect(await response.text()).toContain(message);
  });

  it("releases a watcher when its reader disconnects", async () => {
    await using open = await startHttpServer();
    const streams = await Promise.all(Array.from({ length: 100 }, () => openChangeStream(open.origin)));
    expect((await open.fetch(WATCH)).status).toBe(503);
    await Promise.all(streams.map((stream) => stream[Symbol.asyncDispose]()));
    await expect
      .poll(async () => {
        await using stream = await openChangeStream(open.origin);
        return stream.response.ok && isResync(await stream.next(isResync));
      })
      .toBe(true);
  });
});

describe("eventStream", () => {
  const textOf = async (values: AsyncIterable<unknown>) => {
    const { body } = eventStream(values);
    return new Response(body).text();
  };

  it("writes each value as a message, and no return event at the end", async () => {
    async function* values() {
      yield { a: 1 };
      yield "two\nlines";
    }
    expect((await textOf(values())).split("\n\n")).toEqual([
      'event: connected\ndata: {"reconnectAfterInactivityMs":45000}',
      'event: message\ndata: {"a":1}',
      'event: message\ndata: "two\\nlines"',
      "",
    ]);
  });

  it("ends where the values fail", async () => {
    async function* values() {
      yield 1;
      throw new Error("lost");
    }
    expect(await textOf(values())).toMatch(/data: 1\n\n$/);
  });

  it("ends the values when the reader cancels", async () => {
    let ended = false;
    const values = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => {}),
        return: async () => {
          ended = true;
          return { done: true as const, value: undefined };
        },
      }),
    };
    const { body } = eventStream(values);
    if (!(body instanceof ReadableStream)) throw new Error("An event stream has a body.");
    await body.cancel();
    expect(ended).toBe(true);
  });
});
