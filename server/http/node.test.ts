import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import type { HttpRequest, HttpResponse } from "./message";
import { toHttpRequest, writeResponse } from "./node";

type Handler = (request: HttpRequest, raw: IncomingMessage, response: ServerResponse) => Promise<HttpResponse | null>;

/** Serves `handle` on a free port; a null response was written by `handle`. */
async function serve(handle: Handler) {
  const server = createServer(async (raw, response) => {
    const result = await handle(toHttpRequest(raw, response), raw, response);
    if (result) await writeResponse(raw, response, result);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  return { port, url: `http://127.0.0.1:${port}`, [Symbol.dispose]: () => void server.close().closeAllConnections() };
}

const text = (body: string, status = 200): HttpResponse => ({ status, headers: {}, body });

describe("toHttpRequest", () => {
  it("splits the URL without decoding it", async () => {
    using server = await serve(async ({ path, search }) => text(JSON.stringify([path, search])));
    expect(await (await fetch(`${server.url}/a%20b?c=%20&d`)).json()).toEqual(["/a%20b", "?c=%20&d"]);
    expect(await (await fetch(server.url)).json()).toEqual(["/", ""]);
  });

  it("joins repeated headers, also those that Node drops", async () => {
    using server = await serve(async ({ headers }) => text(`${headers.get("authorization")}; ${headers.has("x")}`));
    const socket = connect(server.port, "127.0.0.1", () =>
      socket.write(
        "GET / HTTP/1.1\r\nHost: a\r\nAuthorization: one\r\nauthorization: two\r\nConnection: close\r\n\r\n",
      ),
    );
    const [bytes] = await once(socket, "data");
    expect(String(bytes)).toContain("one, two; false");
  });

  it("aborts its signal when the client disconnects before the response", async () => {
    let requested = () => {};
    const arrived = new Promise<void>((resolve) => {
      requested = resolve;
    });
    let aborted = Promise.resolve<unknown>(null);
    using server = await serve(async ({ signal }) => {
      aborted = once(signal, "abort");
      requested();
      await aborted;
      return null;
    });
    const client = new AbortController();
    const response = fetch(server.url, { signal: client.signal }).catch(() => null);
    await arrived;
    client.abort();
    await response;
    await aborted;
  });
});

describe("writeResponse", () => {
  it("sends a text with its length, and no length with 204 and 303", async () => {
    using server = await serve(async ({ path }) => text(path === "/" ? "é" : "", Number(path.slice(1)) || 200));
    expect((await fetch(server.url)).headers.get("content-length")).toBe("2");
    for (const status of [204, 303]) {
      const response = await fetch(`${server.url}/${status}`, { redirect: "manual" });
      expect([response.status, response.headers.get("content-length")]).toEqual([status, null]);
    }
  });

  it("sends no body to HEAD", async () => {
    using server = await serve(async () => text("body"));
    const response = await fetch(server.url, { method: "HEAD" });
    expect([await response.text(), response.headers.get("content-length")]).toEqual(["", "4"]);
  });

  it("closes the connection where the request body was not read", async () => {
    using server = await serve(async () => text("rejected", 413));
    const response = await fetch(server.url, { method: "POST", body: "x".repeat(1024 * 1024) });
    expect([response.status, response.headers.get("connection")]).toEqual([413, "close"]);
    expect(await response.text()).toBe("rejected");
  });

  it("ends a stream that a client left before it began", async () => {
    let arrived = () => {};
    const hasArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let onCancel = () => {};
    const cancelled = new Promise<void>((resolve) => {
      onCancel = resolve;
    });
    using server = await serve(async (_, raw, response) => {
      arrived();
      await once(response, "close");
      const body = new ReadableStream<Uint8Array>({ cancel: onCancel }, { highWaterMark: 0 });
      await writeResponse(raw, response, { status: 200, headers: {}, body });
      return null;
    });
    const client = connect(server.port, "127.0.0.1");
    client.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await hasArrived;
    client.destroy();
    await cancelled;
  });

  it("drops a client that does not read a stream, holding little of it in memory", async () => {
    let pulled = 0;
    let onCancel = () => {};
    const cancelled = new Promise<void>((resolve) => {
      onCancel = resolve;
    });
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 64 * 1024;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
      cancel: () => onCancel(),
    });
    using server = await serve(async (_, raw, response) => {
      await writeResponse(raw, response, { status: 200, headers: {}, body: endless }, 300);
      return null;
    });
    const client = connect(server.port, "127.0.0.1");
    client.pause().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await cancelled;
    // Both ends of the connection buffer some in the kernel.
    expect(pulled).toBeLessThan(32 * 1024 * 1024);
    client.destroy();
  });
});
