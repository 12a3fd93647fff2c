import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

let server: TestServer;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const list = (input: unknown) => `/api/trpc/artifact.list?input=${encodeURIComponent(JSON.stringify(input))}`;
const close = "Host: {host}\r\nConnection: close\r\n";
const json = `${close}Content-Type: application/json\r\n`;

describe("methods", () => {
  it("run a query by GET and POST, with and without input", async () => {
    expect((await server.fetch(list({ limit: 1 }))).status).toBe(200);
    expect((await server.fetch("/api/trpc/artifact.list")).status).toBe(200);
    expect((await server.post("artifact.list", '{"limit":1}')).status).toBe(200);
    expect((await server.post("artifact.list", "")).status).toBe(200);
  });

  it("run a mutation by POST only, whatever the other headers", async () => {
    const input = encodeURIComponent('{"all":true}');
    for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
      const headers = { "x-http-method-override": "POST", "content-type": "application/json" };
      expect((await server.fetch(`/api/trpc/trash.purge?input=${input}`, { method, headers })).status).toBe(405);
    }
    expect(await server.raw(`TRACE /api/trpc/trash.purge HTTP/1.1\r\n${close}\r\n`)).toMatch(/^HTTP\/1.1 405 /);
  });

  it("send no body for HEAD and OPTIONS", async () => {
    for (const method of ["HEAD", "OPTIONS"]) {
      const response = await server.fetch("/api/trpc/artifact.list", { method });
      expect([response.status, await response.text()]).toEqual([204, ""]);
    }
    const health = await server.fetch("/api/health", { method: "HEAD" });
    expect([health.status, await health.text(), health.headers.get("content-length")]).toEqual([200, "", "4"]);
  });
});

describe("paths", () => {
  it.each([
    ["../../etc", 400],
    ["..%2f", 400],
    ["hello%00", 400],
    ["%E0%A4%A", 400],
    ["%2e%2e/health", 400],
    ["a//b", 400],
    ["artifact%2Elist", 400],
    ["a\\b", 400],
    ["x".repeat(10_000), 404],
    ["", 404],
    ["__proto__", 404],
    ["constructor", 404],
    ["toString", 404],
    ["artifact.__proto__.list", 404],
    ["artifact", 404],
    ["artifact.list,artifact.list", 404],
    ["artifact.list?batch=2", 400],
    ["artifact.list?batch=1&batch=1", 400],
    ["artifact.list?input={}&input={}", 400],
    ["artifact.list?input=%7B", 400],
    ["artifact.list?input=%ff", 400],
    [`artifact.list?input=${"x".repeat(17_000)}`, 414],
  ])("reject /api/trpc/%s with a message", async (path, status) => {
    const response = await server.raw(`GET /api/trpc/${path} HTTP/1.1\r\n${close}\r\n`);
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(response.slice(response.indexOf("\r\n\r\n"))).error.message).toBeTypeOf("string");
  });

  it.each([
    "/api/health/../artifacts",
    "/api/health;/artifacts",
    "/api//health",
    "/api/%2e%2e/health",
    "/api/%68ealth",
    "/api",
    "/api/nothing",
    "/api/Health",
    "/api/health/",
  ])("reject %s, which is not /api/health", async (path) => {
    const response = await server.raw(`GET ${path} HTTP/1.1\r\n${close}\r\n`);
    expect(response).toMatch(/^HTTP\/1.1 40[04] /);
    expect(JSON.parse(response.slice(response.indexOf("\r\n\r\n")))).toEqual({
      code: expect.stringMatching(/BAD_REQUEST|NOT_FOUND/),
      message: expect.any(String),
    });
  });
});

it.each([
  ["PUT", "artifact.list", "Send a query by GET or POST, a mutation by POST."],
  ["GET", "artifact.list?batch=2", 'Send a batch with "batch=1".'],
  ["GET", "artifact.list?batch=1&batch=1", 'Send the parameter "batch" once.'],
  ["GET", "artifact.list?input=%7B%7D&input=%7B%7D", 'Send the parameter "input" once.'],
  [
    "GET",
    "artifact.list?batch=1&input=%5B%5D",
    "Send the inputs of a batch as an object from the index of each call to its input.",
  ],
])("the error of %s %s is the sentence %j", async (method, path, message) => {
  const response = await server.fetch(`/api/trpc/${path}`, { method });
  expect((await response.json()).error.message).toBe(message);
});

describe("batches", () => {
  const batch = (count: number, body = "{}") =>
    server.post(`${Array.from({ length: count }, () => "artifact.count").join(",")}?batch=1`, body);

  it("run 20 calls, not 21 or 1,000", async () => {
    expect((await batch(20)).status).toBe(200);
    for (const count of [21, 1_000]) expect(await (await batch(count)).text()).toContain("at most 20 calls");
    expect((await batch(21)).status).toBe(400);
  });

  it("reject mixed types, and inputs without a call", async () => {
    expect((await server.post("artifact.count,trash.purge?batch=1", '{"1":{"all":true}}')).status).toBe(400);
    for (const body of ['{"2":{}}', '{"x":{}}', "[]", "1", '{"00":{}}'])
      expect((await batch(2, body)).status).toBe(400);
    expect((await batch(2, '{"1":{}}')).status).toBe(200);
    expect((await batch(11, '{"10":{}}')).status).toBe(200);
  });

  it("run the other calls where one fails", async () => {
    const response = await server.post(
      "artifact.count,artifact.read?batch=1",
      '{"0":{},"1":{"id":"018f2f3e-0000-7000-8000-000000000000"}}',
    );
    const [counted, missing] = await response.json();
    expect([response.status, counted.result.data, missing.error.data.code]).toEqual([207, 0, "NOT_FOUND"]);
  });
});

describe("bodies", () => {
  const over = 2 * 1024 * 1024 + 1;

  it("are rejected before reading where Content-Length is too large", async () => {
    const response = await server.raw(
      `POST /api/trpc/artifact.create HTTP/1.1\r\n${json}Content-Length: ${over}\r\n\r\n{`,
    );
    expect(response).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close[\s\S]*at most 2097152 bytes/i);
  });

  it("are at most 1 MiB where a call takes no data", async () => {
    const length = `Content-Length: ${1024 * 1024 + 1}\r\n\r\n{`;
    for (const path of [
      "trpc/artifact.list",
      "trpc/artifact.list,artifact.count?batch=1",
      "flows",
      "artifacts/filter",
    ]) {
      const response = await server.raw(`POST /api/${path} HTTP/1.1\r\n${json}${length}`);
      expect(response).toMatch(/^HTTP\/1.1 413 [\s\S]*at most 1048576 bytes/);
    }
  });

  it("have at most 1 MiB beside the data, and as much data as is allowed", async () => {
    const data = `"data":"${"x".repeat(1024 * 1024 - 2)}"`;
    const metadata = (bytes: number) => `"metadata":{"a":"${"x".repeat(bytes)}"}`;
    expect((await server.post("artifact.create", `{${data},${metadata(60_000)}}`)).status).toBe(200);
    const items = (count: number) =>
      `{"items":[${Array.from({ length: count }, () => `{"data":1,${metadata(60_000)}}`).join(",")}]}`;
    expect((await server.post("artifact.createMany", items(17))).status).toBe(200);
    const rejected = await server.post("artifact.createMany", items(18));
    expect([rejected.status, await rejected.text()]).toEqual([413, expect.stringContaining("1048576 bytes beside")]);
    const rest = await server.fetch("/api/artifacts/", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"data":1,"key":"${"x".repeat(1024 * 1024)}"}`,
    });
    expect([rest.status, await rest.json()]).toEqual([413, { detail: "Send at most 1048576 bytes beside the data." }]);
  });

  it("are rejected while reading where they exceed the limit", async () => {
    const chunk = `100000\r\n${" ".repeat(0x100000)}\r\n`;
    const response = await server.raw(
      `POST /api/trpc/artifact.create HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(4)}0\r\n\r\n`,
    );
    expect(response).toMatch(/^HTTP\/1.1 413 /);
  });

  it.each([
    ["both lengths", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}"],
    ["an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n{}"],
    ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    ["a chunk size beyond numbers", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n"],
    ["a space in a name", "Content Length: 2\r\n\r\n{}"],
    ["a folded line", "X-A: b\r\n c\r\nContent-Length : 2\r\n\r\n{}"],
    ["a bare return", "X-A: b\rc\r\nContent-Length: 2\r\n\r\n{}"],
  ])("are rejected, and the connection closed, for %s", async (_, rest) => {
    expect(await server.raw(`POST /api/trpc/artifact.create HTTP/1.1\r\n${json}${rest}`)).toMatch(/^HTTP\/1.1 400 /);
  });

  it("longer than Content-Length do not affect the next request", async () => {
    const next = `GET /api/health HTTP/1.1\r\n${close}\r\n`;
    const body = '{"key":"a"}GARBAGE';
    const response = await server.raw(
      `POST /api/trpc/artifact.count HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n${body}${next}`,
    );
    expect(response).not.toContain("true");
    expect(response).toMatch(/^HTTP\/1.1 400 /);
  });

  it("store nothing where the client disconnects, and the server stays up", async () => {
    const { hostname, port } = new URL(server.origin);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      `POST /api/trpc/artifact.create HTTP/1.1\r\n${json.replace("{host}", `${hostname}:${port}`)}Content-Length: 100\r\n\r\n{"key":"left"`,
    );
    socket.destroy();
    await once(socket, "close");
    const counted = await server.post("artifact.count", '{"where":{"artifacts":{"key":{"any":["left"]}}}}');
    expect((await counted.json()).result.data).toBe(0);
  });
});

describe("/api/health and /api/ready", () => {
  it("respond with 200 on a working database", async () => {
    for (const [path, body] of [
      ["/api/health", "true"],
      ["/api/ready", '{"message":"OK"}'],
    ]) {
      const response = await server.fetch(path ?? "");
      expect([response.status, await response.text()]).toEqual([200, body]);
      expect(response.headers.get("cache-control")).toBe("private, no-store");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("respond with 503 and 200 on a database without the schema", async () => {
    await using bare = await startHttpServer();
    await bare.db.execute("delete from vitrine_migration");
    const response = await bare.fetch("/api/ready");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await bare.fetch("/api/health")).status).toBe(200);
  });
});
