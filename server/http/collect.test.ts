import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toVitrineError } from "#server/routers/error";
import { createShare } from "./body-budget";
import { toHttpRequest, writeResponse } from "./node";
import { errorResponse, json } from "./respond";

const MIB = 1024 * 1024;

/** 16 kB/s after 0.3 s of patience, instead of after 30 s. */
const LIMIT = 64 * MIB;
const PACE = { least: 16_000, idle: 300 };

let port = 0;
const server = createServer(async (raw, response) => {
  const request = toHttpRequest(raw, response, PACE);
  const result = await request.body(LIMIT).then(
    (body) => json(200, { size: body.byteLength, text: Buffer.from(body.subarray(0, 20)).toString() }),
    (error: unknown) => errorResponse({ error: toVitrineError(error) }),
  );
  request.release();
  await writeResponse(raw, response, result);
});
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  port = typeof address === "object" ? (address?.port ?? 0) : 0;
});
afterAll(() => {
  server.close().closeAllConnections();
});

async function open(head: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${head}\r\n\r\n`);
  return socket;
}

/** The status and the JSON of the response, read until the connection closes. */
async function responseOf(socket: Socket): Promise<{ status: number; value: unknown }> {
  let response = "";
  for await (const chunk of socket) response += chunk;
  const [head = "", body = ""] = response.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), value: JSON.parse(body) };
}

/** Writes `bytes` every so many milliseconds, until the connection closes or `total` were written. */
function trickle(socket: Socket, bytes: number, every: number, total: number): void {
  let written = 0;
  const timer = setInterval(() => {
    written += bytes;
    socket.write("x".repeat(bytes));
    if (written >= total) clearInterval(timer);
  }, every);
  socket.on("error", () => {}).on("close", () => clearInterval(timer));
}

describe("a body", () => {
  it("is received whole in one or many pieces, with and without a length", async () => {
    const whole = await open("Content-Length: 5");
    whole.write("hello");
    expect(await responseOf(whole)).toEqual({ status: 200, value: { size: 5, text: "hello" } });
    const parts = await open("Content-Length: 6");
    for (const part of ["ab", "cd", "ef"]) await new Promise((resolve) => parts.write(part, resolve));
    expect(await responseOf(parts)).toEqual({ status: 200, value: { size: 6, text: "abcdef" } });
    const chunked = await open("Transfer-Encoding: chunked");
    chunked.write(`3\r\nabc\r\n${(3 * MIB).toString(16)}\r\n${"x".repeat(3 * MIB)}\r\n0\r\n\r\n`);
    const text = `abc${"x".repeat(17)}`;
    expect(await responseOf(chunked)).toEqual({ status: 200, value: { size: 3 * MIB + 3, text } });
    expect(await responseOf(await open("Content-Length: 0"))).toMatchObject({ status: 200, value: { size: 0 } });
  });

  it("is received at 32 kB a second, for longer than the patience", async () => {
    const socket = await open("Content-Length: 32000");
    trickle(socket, 640, 20, 32_000);
    expect(await responseOf(socket)).toMatchObject({ status: 200, value: { size: 32_000 } });
  });

  it("is rejected below 16 kB a second, and the connection closed", async () => {
    const socket = await open("Content-Length: 32000");
    trickle(socket, 100, 20, 32_000);
    expect(await responseOf(socket)).toEqual({
      status: 408,
      value: { code: "TIMEOUT", message: "The body arrives too slowly; send at least 16 kB a second." },
    });
  });

  it("is rejected where nothing comes any more, however fast it began", async () => {
    const socket = await open(`Content-Length: ${2 * MIB}`);
    socket.write("x".repeat(MIB));
    expect(await responseOf(socket)).toEqual({
      status: 408,
      value: { code: "TIMEOUT", message: "The body arrives too slowly; nothing came for 0.3 s." },
    });
  });
});

describe("bodies together", () => {
  const BUSY = { status: 503, value: { code: "SERVICE_UNAVAILABLE" } };
  const take = (caller: string, bytes: number) => {
    const share = createShare(caller);
    share.take(bytes);
    return share;
  };

  it("above 195 MiB are rejected by their lengths, and accepted again after a release", async () => {
    const [one, other] = [take("one", 130 * MIB), take("other", 9 * MIB)];
    expect(await responseOf(await open(`Content-Length: ${57 * MIB}`))).toMatchObject(BUSY);
    const fits = await open(`Content-Length: ${2 * MIB}`);
    fits.write("x".repeat(2 * MIB));
    expect(await responseOf(fits)).toMatchObject({ status: 200 });
    other.release();
    const again = await open(`Content-Length: ${57 * MIB}`);
    again.write("x".repeat(57 * MIB));
    expect(await responseOf(again)).toMatchObject({ status: 200 });
    one.release();
  });

  it("of one caller get two thirds of that, whether others send any or not", () => {
    const own = take("one", 130 * MIB);
    expect(() => take("one", 2 * MIB)).toThrow("You are sending too many uploads at once");
    const other = take("other", 65 * MIB);
    expect(() => take("third", 2 * MIB)).toThrow("The server is receiving too many uploads at once");
    own.release();
    take("one", 2 * MIB).release();
    other.release();
  });

  it("are counted as they come where they have no length", async () => {
    const shares = [take("one", 130 * MIB), take("other", 64 * MIB)];
    const socket = await open("Transfer-Encoding: chunked");
    socket.on("error", () => {});
    socket.write(`${(2 * MIB).toString(16)}\r\n${"x".repeat(2 * MIB)}\r\n0\r\n\r\n`);
    expect(await responseOf(socket)).toMatchObject(BUSY);
    for (const share of shares) share.release();
  });

  it("of at most 1 MiB are accepted while uploads take all that they may", async () => {
    const shares = [take("one", 130 * MIB), take("other", 65 * MIB)];
    const socket = await open(`Content-Length: ${MIB}`);
    socket.write("x".repeat(MIB));
    expect(await responseOf(socket)).toMatchObject({ status: 200 });
    for (const share of shares) share.release();
  });

  it("of at most 16 KiB are always accepted", async () => {
    const shares = Array.from({ length: 64 }, (_, n) => take(n % 2 ? "one" : "other", MIB));
    const tiny = await open("Content-Length: 16384");
    tiny.write("x".repeat(16_384));
    expect(await responseOf(tiny)).toMatchObject({ status: 200 });
    expect(() => take("third", 20_000)).toThrow("too many uploads");
    for (const share of shares) share.release();
  });

  it("may be one of any size that is allowed", () => {
    const own = take("one", 400 * MIB);
    expect(() => take("other", 2 * MIB)).toThrow("too many uploads");
    own.release();
    take("other", 2 * MIB).release();
  });
});
