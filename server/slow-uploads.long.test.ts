import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createServerFolder, type ServerFolder } from "#test/server-process";

const MIB = 1024 * 1024;

let here: ServerFolder;
let url: URL;
beforeAll(async () => {
  here = await createServerFolder(process.env);
  url = new URL(await here.start().ready);
});
afterAll(() => here[Symbol.asyncDispose]());

interface Exchange {
  status: number;
  value: unknown;
  /** How long it took, in seconds. */
  seconds: number;
}

/** Sends a create of `size` bytes, `rate` bytes a second, but stops for good after `until` bytes. */
async function send(path: string, size: number, rate: number, until = size): Promise<Exchange> {
  const begun = performance.now();
  const socket = connect(Number(url.port), url.hostname);
  await once(socket, "connect");
  const body = Buffer.from(`{"data":"${"x".repeat(size - 11)}"}`);
  socket.write(`POST ${path} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\n`);
  socket.write(`Content-Type: application/json\r\nContent-Length: ${size}\r\n\r\n`);
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(until, Math.floor(((performance.now() - begun) * rate) / 1000));
    if (due > sent) socket.write(body.subarray(sent, due));
    sent = due;
  }, 100);
  let response = "";
  try {
    for await (const chunk of socket) response += chunk;
  } finally {
    clearInterval(timer);
  }
  const [head = "", text = ""] = response.split("\r\n\r\n");
  const seconds = (performance.now() - begun) / 1000;
  return { status: Number(head.split(" ")[1]), value: JSON.parse(text), seconds };
}

const CREATE = "/api/trpc/artifact.create";

test("uploads may take as long as they come at 16 kB a second", { timeout: 180_000 }, async () => {
  const [fast, slow, tooSlow, stalled, rest] = await Promise.all([
    send(CREATE, 20 * MIB, 500_000),
    send(CREATE, 1_600_000, 17_000),
    send(CREATE, 1_600_000, 2_000),
    send(CREATE, 20 * MIB, 2_000_000, 4 * MIB),
    send("/api/artifacts/", 20 * MIB, 2_000_000, 4 * MIB),
  ]);
  expect(fast).toMatchObject({ status: 200, value: { result: { data: { size: 20 * MIB - 9 } } } });
  expect(fast.seconds).toBeGreaterThan(40);
  expect(slow).toMatchObject({ status: 200 });
  expect(slow.seconds).toBeGreaterThan(90);
  expect(tooSlow).toMatchObject({
    status: 408,
    value: { error: { message: expect.stringContaining("at least 16 kB a second"), data: { code: "TIMEOUT" } } },
  });
  expect(tooSlow.seconds).toBeLessThan(60);
  expect(stalled).toMatchObject({
    status: 408,
    value: { error: { message: expect.stringContaining("nothing came for 30 s"), data: { code: "TIMEOUT" } } },
  });
  expect(stalled.seconds).toBeLessThan(45);
  expect(rest).toMatchObject({ status: 408, value: { detail: expect.stringContaining("nothing came for 30 s") } });
});
