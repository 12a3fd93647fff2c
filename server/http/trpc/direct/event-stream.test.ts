import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { writeResponse } from "#server/http/node";
import { isResync, openChangeStream } from "#test/change-stream";
import { startHttpServer, type TestServer } from "#test/http-server";
import { type EventStreamOptions, eventStream } from "./event-stream";

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
    await using open = await startHttpServer({ trustedProxies: ["127.0.0.1"] });
    const from = (n: number) => ({ "x-forwarded-for": `203.0.113.${Math.floor(n / 10)}` });
    const streams = await Promise.all(
      Array.from({ length: 100 }, (_, n) => openChangeStream(open.origin, undefined, from(n))),
    );
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

/** Values that never come. */
function silentValues() {
  let closed = false;
  let close = () => {};
  const iterator = {
    next: () =>
      new Promise<IteratorResult<never, undefined>>((resolve) => {
        close = () => resolve({ done: true, value: undefined });
      }),
    return: async () => {
      closed = true;
      close();
      return { done: true as const, value: undefined };
    },
  };
  return { values: { [Symbol.asyncIterator]: () => iterator }, isClosed: () => closed };
}

async function readWhole(options: EventStreamOptions) {
  const { values, isClosed } = silentValues();
  return { text: await new Response(eventStream(values, options).body).text(), isClosed };
}

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
      'id\nretry: 3000\nevent: connected\ndata: {"reconnectAfterInactivityMs":45000}',
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

  it("ends after its lifetime, with an id by which the next one lasts longer", async () => {
    const end = /\n\nid: (\S+)\nretry: 100\nevent: ping\ndata: ""\n\n$/;
    const { text, isClosed } = await readWhole({ lifetime: 20 });
    expect([text, isClosed()]).toEqual([expect.stringMatching(end), true]);
    const lastEventId = end.exec(text)?.[1] ?? "";
    vi.useFakeTimers();
    let isEnded = false;
    const proven = readWhole({ lastEventId, lifetime: 20 }).finally(() => {
      isEnded = true;
    });
    await vi.advanceTimersByTimeAsync(599_000);
    expect(isEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    await proven;
    // It proves one connection only.
    const again = readWhole({ lastEventId, lifetime: 20 });
    await vi.advanceTimersByTimeAsync(20);
    expect((await again).text).toMatch(end);
    vi.useRealTimers();
  });

  it("breaks the connection of a client whose system receives nothing any more", async () => {
    const { values, isClosed } = silentValues();
    const { body } = eventStream(values, { lifetime: 20 });
    if (!(body instanceof ReadableStream)) throw new Error("An event stream has a body.");
    await expect.poll(isClosed).toBe(true);
    await expect(new Response(body).text()).rejects.toThrow();
  });

  it("ends for a client that never reads from its socket", async () => {
    const { values, isClosed } = silentValues();
    const server = createServer((request, response) =>
      writeResponse(request, response, eventStream(values, { lifetime: 100 })),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const socket = connect(Object(server.address()).port, "127.0.0.1", () =>
      socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    );
    socket.pause();
    await expect.poll(isClosed).toBe(true);
    // Its own end of the connection, too: FIN was sent.
    socket.resume();
    await once(socket, "end");
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
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
