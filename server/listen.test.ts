import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";
import { listen } from "./listen";

let server: TestServer;
beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const hostname = "127.0.0.1";
const port = () => Number(new URL(server.origin).port);

const HOST = "Host: {host}\r\nConnection: close\r\n";
const JSON_BODY = `${HOST}Content-Type: application/json\r\n`;

async function send(bytes: string): Promise<{ status: number; headers: string; value: unknown }> {
  const response = await server.raw(bytes);
  const [headers = "", body = ""] = response.split("\r\n\r\n");
  return { status: Number(headers.split(" ")[1]), headers, value: JSON.parse(body) };
}

describe("what Node's parser rejects", () => {
  it.each([
    ["headers beyond 32 kB", `GET / HTTP/1.1\r\n${HOST}X-A: ${"x".repeat(40_000)}\r\n\r\n`, 431, "BAD_REQUEST"],
    ["a request line that is none", "HELLO\r\n\r\n", 400, "BAD_REQUEST"],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "BAD_REQUEST"],
    ["no Host", "GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n", 400, "BAD_REQUEST"],
    [
      "an upgrade",
      "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      400,
      "BAD_REQUEST",
    ],
    [
      "a chunk that is none, on a path outside of tRPC",
      `POST /api/flows HTTP/1.1\r\n${JSON_BODY}Transfer-Encoding: chunked\r\n\r\nx\r\n`,
      400,
      "BAD_REQUEST",
    ],
    [
      "chunk extensions beyond 16 kB",
      `POST /api/flows HTTP/1.1\r\n${JSON_BODY}Transfer-Encoding: chunked\r\n\r\n2;${"x".repeat(20_000)}\r\n{}\r\n`,
      413,
      "PAYLOAD_TOO_LARGE",
    ],
  ])("gets a response in the form of the API: %s", async (_, bytes, status, code) => {
    const response = await send(bytes);
    expect(response).toMatchObject({ status, value: { code, message: expect.any(String) } });
    expect(response.headers).toMatch(/\r\nconnection: close/i);
    expect(response.headers).toMatch(/\r\ncontent-type: application\/json/i);
  });

  it("gets the form of tRPC on its paths", async () => {
    const bytes = `POST /api/trpc/artifact.create HTTP/1.1\r\n${JSON_BODY}Transfer-Encoding: chunked\r\n\r\nx\r\n`;
    expect(await send(bytes)).toMatchObject({ status: 400, value: { error: { data: { code: "BAD_REQUEST" } } } });
  });

  it("gets it also after a request on the same connection", async () => {
    const socket = connect(port(), hostname);
    socket.write(`GET /api/health HTTP/1.1\r\nHost: ${hostname}:${port()}\r\n\r\n`);
    expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1.1 200 /);
    socket.write("HELLO\r\n\r\n");
    expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1.1 400 [\s\S]*"BAD_REQUEST"/);
    await once(socket, "close");
  });

  it("gets 408 for headers that do not arrive within 10 s", async () => {
    expect(await send("GET /api/health HTTP/1.1\r\nHost: {host}\r\n")).toMatchObject({
      status: 408,
      value: { code: "TIMEOUT", message: "The headers of a request must arrive within 10 s." },
    });
  });
});

describe("Expect: 100-continue", () => {
  const head = (path: string, length: number) =>
    `POST ${path} HTTP/1.1\r\n${JSON_BODY.replace("{host}", `${hostname}:${port()}`)}Expect: 100-continue\r\nContent-Length: ${length}\r\n\r\n`;

  it("is answered where the body is read", async () => {
    const socket = connect(port(), hostname);
    socket.write(head("/api/trpc/artifact.count", 2));
    const [first] = await once(socket, "data");
    expect(String(first)).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    socket.write("{}");
    const [second] = await once(socket, "data");
    expect(String(second)).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });

  it.each([
    ["/api/trpc/no.such", 2, 404],
    ["/api/trpc/artifact.create", 2_200_000, 413],
  ])("is not answered where it is not: %s with %d bytes", async (path, length, status) => {
    const socket = connect(port(), hostname);
    socket.write(head(path, length));
    const [first] = await once(socket, "data");
    expect(String(first)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    socket.destroy();
  });
});

describe("a page", () => {
  it("keeps the connection, unless the request has a body that nobody reads", async () => {
    const page = await server.fetch("/");
    expect([page.status, page.headers.get("connection")]).toEqual([200, "keep-alive"]);
    const response = await server.raw("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 5\r\n\r\nab");
    expect(response).toMatch(/^HTTP\/1.1 200 [\s\S]*connection: close/i);
  });
});

describe("before the server has a handler", () => {
  it("answers requests and upgrades with 503 and closes their connections", async () => {
    const starting = await listen(hostname, 0);
    const url = new URL(starting.url);
    const responseTo = async (head: string) => {
      const socket = connect(Number(url.port), hostname);
      socket.write(`GET /api/ready HTTP/1.1\r\nHost: ${url.host}\r\n${head}\r\n`);
      let text = "";
      for await (const chunk of socket) text += chunk;
      return text;
    };
    for (const head of ["", "Connection: Upgrade\r\nUpgrade: websocket\r\n"]) {
      const text = await responseTo(head);
      expect(text).toMatch(/^HTTP\/1.1 503 /);
      expect(text).toMatch(/\r\nretry-after: 1\r\n/i);
      expect(text).toContain("Vitrine is starting; try again in a second.");
    }
    await starting.close(0);
  });
});
