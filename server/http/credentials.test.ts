import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

const MIB = 1024 * 1024;
const ID = "018f2f3e-0000-7000-8000-000000000000";

let server: TestServer;
beforeAll(async () => {
  const apiKeys = [
    { name: "reader", role: "read" as const, secret: "read-only-secret" },
    { name: "writer", role: "write" as const, secret: "the-writer-secret" },
  ];
  server = await startHttpServer({ apiKeys, maxData: 64 * MIB });
});
afterAll(() => server[Symbol.asyncDispose]());

interface Sent {
  status: number;
  /** The response's body as JSON. */
  value: unknown;
  /** Bytes of the request's body that the connection accepted until the response began. */
  sent: number;
}

/** Sends a body of 64 MiB of `[]`, as fast as the server takes it, until a response comes. */
async function sendLarge(request: string, key: string | null): Promise<Sent> {
  const { response, sent } = await exchange(request, key);
  const [head = "", body = ""] = response.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), value: JSON.parse(body), sent };
}

function exchange(request: string, key: string | null): Promise<{ response: string; sent: number }> {
  const { hostname, port } = new URL(server.origin);
  const chunk = Buffer.from("[],".repeat(32 * 1024));
  const credential = key ? `Authorization: Bearer ${key}\r\n` : "";
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let sent = 0;
    let response = "";
    const send = () => {
      while (response === "" && sent < 64 * MIB) {
        sent += chunk.byteLength;
        if (!socket.write(chunk)) return;
      }
    };
    socket.on("drain", send);
    socket.on("data", (part) => {
      response += part.toString("latin1");
      if (!isWhole(response)) return;
      socket.destroy();
      resolve({ response, sent });
    });
    socket.on("error", reject);
    const host = `Host: ${hostname}:${port}\r\n${credential}Content-Type: application/json\r\n`;
    socket.write(`${request} HTTP/1.1\r\n${host}Content-Length: ${64 * MIB}\r\n\r\n{"x":[`);
    send();
  });
}

function isWhole(response: string): boolean {
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(response)?.[1];
  return length !== undefined && response.length >= response.indexOf("\r\n\r\n") + 4 + Number(length);
}

const trpcError = (code: string) => ({ error: { data: { code } } });

describe("a body of 64 MiB is not received", () => {
  it.each([
    ["POST /api/trpc/artifact.list", trpcError("UNAUTHORIZED")],
    ["POST /api/trpc/artifact.create", trpcError("UNAUTHORIZED")],
    ["POST /api/trpc/artifact.create,artifact.list?batch=1", trpcError("UNAUTHORIZED")],
    ["POST /api/trpc/no.such", trpcError("UNAUTHORIZED")],
    ["PUT /api/trpc/artifact.create", trpcError("UNAUTHORIZED")],
    ["POST /api/artifacts/filter", { exception_message: "Unauthorized" }],
    ["POST /api/artifacts", { exception_message: "Unauthorized" }],
    ["PATCH /api/flow_runs/x", { exception_message: "Unauthorized" }],
    ["POST /api/artifacts/no/such/path", { exception_message: "Unauthorized" }],
    ["POST /api/logs/", { exception_message: "Unauthorized" }],
    [`GET /api/artifacts/${ID}/data`, { code: "UNAUTHORIZED" }],
    [`PUT /api/restore/${ID}/1`, { code: "UNAUTHORIZED" }],
    [`POST /api/restore/${ID}`, { code: "UNAUTHORIZED" }],
    ["GET /api/backup", { code: "UNAUTHORIZED" }],
    ["POST /api/nothing", { code: "UNAUTHORIZED" }],
  ])("without a key: %s", async (request, value) => {
    for (const key of [null, "a-wrong-secret"]) {
      const response = await sendLarge(request, key);
      expect(response).toMatchObject({ status: 401, value });
      expect(response.sent).toBeLessThan(16 * MIB);
    }
  });

  it.each([
    ["POST /api/trpc/artifact.create", "read-only-secret", trpcError("FORBIDDEN")],
    [
      "POST /api/trpc/artifact.create,artifact.remove?batch=1",
      "read-only-secret",
      [trpcError("FORBIDDEN"), trpcError("FORBIDDEN")],
    ],
    ["POST /api/trpc/admin.import", "the-writer-secret", trpcError("FORBIDDEN")],
    ["POST /api/artifacts", "read-only-secret", { detail: expect.stringContaining('"write"') }],
    [`POST /api/flow_runs/${ID}/set_state`, "read-only-secret", { detail: expect.stringContaining('"write"') }],
    [`PUT /api/restore/${ID}/1`, "the-writer-secret", { code: "FORBIDDEN" }],
  ])("without the role: %s with %s", async (request, key, value) => {
    const response = await sendLarge(request, key);
    expect(response).toMatchObject({ status: 403, value });
    expect(response.sent).toBeLessThan(16 * MIB);
  });

  it.each(["POST /api/trpc/no.such", "POST /api/artifacts/no/such/path", "POST /api/nothing"])(
    "for a path that does not exist: %s",
    async (request) => {
      const response = await sendLarge(request, "read-only-secret");
      expect(response.status).toBe(404);
      expect(response.sent).toBeLessThan(16 * MIB);
    },
  );
});

describe("without a key", () => {
  it("the input is not looked at: 401 instead of 400, 405, 413, 415 and 422", async () => {
    for (const [path, init] of [
      ["/api/trpc/artifact.list?input=%7B", {}],
      ["/api/trpc/artifact.list?batch=2", {}],
      ["/api/trpc/artifact.list", { method: "DELETE" }],
      ["/api/trpc/artifact.create", { method: "POST", body: "x" }],
      ["/api/flows", { method: "POST", body: "{}" }],
      ["/api/deployments/get_scheduled_flow_runs", { method: "POST", body: "{}" }],
      ["/api/flows", { method: "DELETE" }],
      ["/api/flows/filter", { method: "POST", body: "{}", headers: { "x-prefect-api-version": "0.1.0" } }],
      [`/api/artifacts/${ID}/data?as=x`, {}],
      ["/api/backup?after=x", {}],
    ] satisfies [string, RequestInit][]) {
      const response = await server.fetch(path, init);
      expect([path, response.status, response.headers.get("www-authenticate")]).toEqual([path, 401, "Bearer"]);
    }
  });
});

describe("with a key that has the role for one call of a batch", () => {
  it("that call runs, and the other one is forbidden", async () => {
    const headers = { authorization: "Bearer the-writer-secret" };
    const body = '{"0":{"data":1},"1":{"all":true}}';
    const response = await server.post("artifact.create,trash.purge?batch=1", body, headers);
    expect(response.status).toBe(207);
    expect(await response.json()).toMatchObject([
      { result: { data: { id: expect.any(String) } } },
      trpcError("FORBIDDEN"),
    ]);
  });
});
