import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

let door: TestServer;
beforeAll(async () => {
  door = await startHttpServer();
});
afterAll(() => door[Symbol.asyncDispose]());

const list = (input: unknown) => `/api/trpc/artifact.list?input=${encodeURIComponent(JSON.stringify(input))}`;
const close = "Host: {host}\r\nConnection: close\r\n";
const json = `${close}Content-Type: application/json\r\n`;

describe("methods", () => {
  test("a query is read by GET or POST, with or without input", async () => {
    expect((await door.fetch(list({ limit: 1 }))).status).toBe(200);
    expect((await door.fetch("/api/trpc/artifact.list")).status).toBe(200);
    expect((await door.post("artifact.list", '{"limit":1}')).status).toBe(200);
    expect((await door.post("artifact.list", "")).status).toBe(200);
  });

  test("a mutation runs by POST alone, whatever else the request says", async () => {
    const input = encodeURIComponent('{"all":true}');
    for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
      const headers = { "x-http-method-override": "POST", "content-type": "application/json" };
      expect((await door.fetch(`/api/trpc/trash.purge?input=${input}`, { method, headers })).status).toBe(405);
    }
    expect(await door.raw(`TRACE /api/trpc/trash.purge HTTP/1.1\r\n${close}\r\n`)).toMatch(/^HTTP\/1.1 405 /);
  });

  test("HEAD and OPTIONS have no body, and allow no other origin", async () => {
    for (const method of ["HEAD", "OPTIONS"]) {
      const answer = await door.fetch("/api/trpc/artifact.list", { method });
      expect([answer.status, await answer.text()]).toEqual([204, ""]);
    }
    const health = await door.fetch("/api/health", { method: "HEAD" });
    expect([health.status, await health.text(), health.headers.get("content-length")]).toEqual([200, "", "4"]);
  });
});

describe("addresses", () => {
  test.each([
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
  ])("/api/trpc/%s is answered, not served", async (path, status) => {
    const answer = await door.raw(`GET /api/trpc/${path} HTTP/1.1\r\n${close}\r\n`);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n"))).error.message).toBeTypeOf("string");
  });

  test.each([
    "/api/health/../artifacts",
    "/api/health;/artifacts",
    "/api//health",
    "/api/%2e%2e/health",
    "/api/%68ealth",
    "/api",
    "/api/nothing",
    "/api/Health",
    "/api/health/",
  ])("%s is no way to health", async (path) => {
    const answer = await door.raw(`GET ${path} HTTP/1.1\r\n${close}\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 40[04] /);
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toEqual({
      code: expect.stringMatching(/BAD_REQUEST|NOT_FOUND/),
      message: expect.any(String),
    });
  });
});

describe("batches", () => {
  const batch = (count: number, body = "{}") =>
    door.post(`${Array.from({ length: count }, () => "artifact.count").join(",")}?batch=1`, body);

  test("20 run, 21 and 1,000 do not", async () => {
    expect((await batch(20)).status).toBe(200);
    for (const count of [21, 1_000]) expect(await (await batch(count)).text()).toContain("at most 20 calls");
    expect((await batch(21)).status).toBe(400);
  });

  test("kinds do not mix, and inputs belong to calls", async () => {
    expect((await door.post("artifact.count,trash.purge?batch=1", '{"1":{"all":true}}')).status).toBe(400);
    for (const body of ['{"2":{}}', '{"x":{}}', "[]", "1", '{"00":{}}'])
      expect((await batch(2, body)).status).toBe(400);
    expect((await batch(2, '{"1":{}}')).status).toBe(200);
  });

  test("one that fails leaves the others", async () => {
    const answer = await door.post(
      "artifact.count,artifact.read?batch=1",
      '{"0":{},"1":{"id":"018f2f3e-0000-7000-8000-000000000000"}}',
    );
    const [counted, missing] = await answer.json();
    expect([answer.status, counted.result.data, missing.error.data.code]).toEqual([207, 0, "NOT_FOUND"]);
  });
});

describe("bodies on the wire", () => {
  const over = 2 * 1024 * 1024 + 1;

  test("one that announces too much is refused before it is read", async () => {
    const answer = await door.raw(`POST /api/trpc/artifact.create HTTP/1.1\r\n${json}Content-Length: ${over}\r\n\r\n{`);
    expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close[\s\S]*at most 2097152 bytes/i);
  });

  test("one that grows too long is cut off at the limit", async () => {
    const chunk = `100000\r\n${" ".repeat(0x100000)}\r\n`;
    const answer = await door.raw(
      `POST /api/trpc/artifact.create HTTP/1.1\r\n${json}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(4)}0\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
  });

  test.each([
    ["both lengths", "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}"],
    ["an unknown coding", "Transfer-Encoding: xchunked\r\n\r\n{}"],
    ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    ["a chunk size beyond numbers", "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n"],
    ["a space in a name", "Content Length: 2\r\n\r\n{}"],
    ["a folded line", "X-A: b\r\n c\r\nContent-Length : 2\r\n\r\n{}"],
    ["a bare return", "X-A: b\rc\r\nContent-Length: 2\r\n\r\n{}"],
  ])("%s: refused, and the connection is closed", async (_, rest) => {
    expect(await door.raw(`POST /api/trpc/artifact.create HTTP/1.1\r\n${json}${rest}`)).toMatch(/^HTTP\/1.1 400 /);
  });

  test("a length that is too short poisons nothing", async () => {
    const next = `GET /api/health HTTP/1.1\r\n${close}\r\n`;
    const body = '{"key":"a"}GARBAGE';
    const answer = await door.raw(
      `POST /api/trpc/artifact.count HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n${body}${next}`,
    );
    expect(answer).not.toContain("true");
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
  });

  test("a caller who leaves in the middle of a body stores nothing, and the door stays open", async () => {
    const { hostname, port } = new URL(door.origin);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      `POST /api/trpc/artifact.create HTTP/1.1\r\n${json.replace("{host}", `${hostname}:${port}`)}Content-Length: 100\r\n\r\n{"key":"left"`,
    );
    socket.destroy();
    await once(socket, "close");
    const counted = await door.post("artifact.count", '{"where":{"artifacts":{"key":{"any":["left"]}}}}');
    expect((await counted.json()).result.data).toBe(0);
  });
});

describe("health and readiness", () => {
  test("say so while all is well", async () => {
    for (const [path, body] of [
      ["/api/health", "true"],
      ["/api/ready", '{"message":"OK"}'],
    ]) {
      const answer = await door.fetch(path ?? "");
      expect([answer.status, await answer.text()]).toEqual([200, body]);
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  test("ready is 503 on a database without our schema, and health stays", async () => {
    await using bare = await startHttpServer();
    await bare.db.execute("delete from vitrine_migration");
    const answer = await bare.fetch("/api/ready");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await bare.fetch("/api/health")).status).toBe(200);
  });
});
