import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";
import { NodeHeaders } from "../node";
import { compress, encodingFor } from "./compress";

const TEXT = JSON.stringify(Array.from({ length: 200 }, (_, n) => ({ city: `Ålesund ${n}`, people: n * 1000 })));
/** Above the size that is compressed at once. */
const LARGE = JSON.stringify("Ålesund ".repeat(60_000));

let server: TestServer;
const paths = { small: "", list: "", large: "", csv: "" };
beforeAll(async () => {
  server = await startHttpServer();
  const publish = async (key: string, type: string, data: string) => {
    const created = await server.post("artifact.create", `{"key":"${key}","type":"${type}","data":${data}}`);
    return (await created.json()).result.data.id;
  };
  const [small, table, large] = [
    await publish("small", "json", "1"),
    await publish("table", "table", TEXT),
    await publish("large", "markdown", LARGE),
  ];
  paths.small = `/api/artifacts/${small}/data`;
  paths.list = `/api/artifacts/${table}/data`;
  paths.large = `/api/artifacts/${large}/data`;
  paths.csv = `/api/artifacts/${table}/data?as=csv`;
});
afterAll(() => server[Symbol.asyncDispose]());

/** Sends a request without the header that `fetch` adds, and leaves the body as it was sent. */
async function get(path: string, accepted?: string, method = "GET") {
  const headers = accepted === undefined ? {} : { "accept-encoding": accepted };
  const sent = request(`${server.origin}${path}`, { method, headers }).end();
  const [response]: [IncomingMessage] = (await once(sent, "response")) as [IncomingMessage]; // Node's event
  return { headers: response.headers, body: await buffer(response) };
}

const DECODERS = { br: brotliDecompressSync, gzip: gunzipSync };

describe.each(["br", "gzip"] as const)("in %s", (encoding) => {
  it.each(["list", "large", "csv"] as const)("sends a %s, which decodes to the same text", async (name) => {
    const plain = await get(paths[name]);
    const { headers, body } = await get(paths[name], encoding);
    expect(headers).toMatchObject({ "content-encoding": encoding, vary: "accept-encoding" });
    expect(DECODERS[encoding](body).toString()).toBe(plain.body.toString());
    expect(body.length).toBeLessThan(plain.body.length / 2);
  });

  it.each(["list", "large", "csv"] as const)("has the headers of GET for HEAD of a %s", async (name) => {
    const [head, got] = [await get(paths[name], encoding, "HEAD"), await get(paths[name], encoding)];
    expect(head.body.length).toBe(0);
    const { "content-encoding": encoded, "content-type": type, vary, "content-length": length } = head.headers;
    expect([encoded, type, vary]).toEqual([encoding, got.headers["content-type"], "accept-encoding"]);
    expect(length).toBeUndefined();
  });

  it("compresses what tRPC, REST and a batch respond with", async () => {
    for (const path of [
      "/api/trpc/artifact.list?input=%7B%22include%22%3A%5B%22data%22%5D%7D",
      "/api/trpc/artifact.list,artifact.count?batch=1&input=%7B%220%22%3A%7B%22include%22%3A%5B%22data%22%5D%7D%7D",
      "/api/openapi.json",
    ]) {
      const { headers, body } = await get(path, encoding);
      expect(headers["content-encoding"], path).toBe(encoding);
      expect(headers.vary, path).toContain("accept-encoding");
      expect(() => JSON.parse(DECODERS[encoding](body).toString()), path).not.toThrow();
    }
  });
});

it("leaves what is short, not accepted, or a stream of events as it is", async () => {
  expect((await get(paths.small, "br")).headers).not.toHaveProperty("content-encoding");
  expect((await get(paths.small, "br")).headers).not.toHaveProperty("vary");
  for (const accepted of [undefined, "identity", "br;q=0, gzip;q=0", "deflate", ""]) {
    const { headers, body } = await get(paths.list, accepted);
    expect([headers["content-encoding"], headers.vary]).toEqual([undefined, "accept-encoding"]);
    expect(headers["content-length"]).toBe(String(Buffer.byteLength(TEXT)));
    expect(body.toString()).toBe(TEXT);
  }
  const close = new AbortController();
  const stream = await server.fetch("/api/trpc/changes.watch", { signal: close.signal });
  expect(stream.headers.has("content-encoding")).toBe(false);
  close.abort();
});

it("goes on after readers that leave in the middle", async () => {
  for (let n = 0; n < 20; n++) {
    const leave = new AbortController();
    const response = await server.fetch(paths.large, { headers: { "accept-encoding": "br" }, signal: leave.signal });
    await response.body?.getReader().read();
    leave.abort();
  }
  await expect.poll(async () => (await get(paths.large, "br")).headers["content-encoding"]).toBe("br");
});

it("ends a stream whose reader leaves before it reads", async () => {
  let ended = 0;
  const stream = new ReadableStream({ cancel: () => void ended++ }, { highWaterMark: 0 });
  const headers = new NodeHeaders(["accept-encoding", "gzip"]);
  const response = { status: 200, headers: { "content-type": "text/plain" }, body: stream };
  const { body } = await compress({ method: "GET", headers }, response);
  expect(body).not.toBe(stream);
  if (body instanceof ReadableStream) await body.cancel();
  expect(ended).toBe(1);
});

describe("the encoding for what is accepted", () => {
  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["GZIP;q=0.5, br;q=0.4", "gzip"],
    ["*", "br"],
    ["br;q=0, *", "gzip"],
    ["*;q=0", null],
    ["identity;q=1, gzip;q=0.5", null],
    ["gzip;q=x", null],
  ])("is, of %s, %s", (accepted, encoding) => {
    expect(encodingFor(accepted)).toBe(encoding);
  });

  it("is never one that is refused", () => {
    const weight = fc.constantFrom("", ";q=0", ";q=0.0", ";q=0.001", "; Q=1", ";q=1.000", ";x=1;q=0");
    const entry = fc.tuple(fc.constantFrom("br", "gzip", "identity", "deflate"), weight);
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ([name]) => name }), (entries) => {
        const encoding = encodingFor(entries.map((parts) => parts.join("")).join(" ,"));
        const chosen = entries.find(([name]) => name === encoding);
        expect(encoding === null || (chosen && !/q=0(\.0)?$/.test(chosen[1]))).toBeTruthy();
      }),
    );
  });
});
