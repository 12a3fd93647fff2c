import { request } from "node:http";
import { connect } from "node:net";
import { expect, inject, test } from "vitest";
import { freePort } from "#db/embedded/liveness";
import { openBalancer } from "#test/balancer";
import { freshDatabase } from "#test/database";
import { createServerFolder, type ServerProcess } from "#test/server-process";

const JSON_TYPE = { "Content-Type": "application/json" };

/** Waits for a condition that another process fulfils. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(holds, { timeout: 20_000, interval: 20 }).toBe(true);
}

/** Sends 50 requests a second: reads, lists and creates. @returns stops it, and describes each response that is not 200 */
function sendSteadily(url: string): () => Promise<{ sent: number; failed: string[] }> {
  const pending: Promise<string | null>[] = [];
  const timer = setInterval(() => {
    const number = pending.length;
    const body = JSON.stringify({ key: `key-${number % 7}`, type: "markdown", data: `text ${number}` });
    const [path, init]: [string, RequestInit?] =
      number % 3 === 0
        ? ["/api/trpc/artifact.create", { method: "POST", headers: JSON_TYPE, body }]
        : [number % 3 === 1 ? "/api/trpc/artifact.list?input=%7B%22limit%22%3A5%7D" : "/api/trpc/artifact.count"];
    pending.push(
      fetch(`${url}${path}`, init).then(
        async (response) => {
          const text = await response.text();
          return response.status === 200 ? null : `${path}: ${response.status} ${text.slice(0, 200)}`;
        },
        (error) => `${path}: ${error.cause ?? error}`,
      ),
    );
  }, 20);
  return async () => {
    clearInterval(timer);
    const results = await Promise.all(pending);
    return { sent: results.length, failed: results.filter((result) => result !== null) };
  };
}

/** 3 restarts; as many again for each run of the long tests. */
const RESTARTS = Math.min(20, 3 * inject("runs"));

test(`${RESTARTS} restarts of one of two servers behind a balancer lose no request`, {
  timeout: 120_000 + RESTARTS * 20_000,
}, async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const env = { DATABASE_URL: fresh.url, VITRINE_DRAIN: "1", VITRINE_GRACE: "5" };
  // While one restarts, no server of another test may get its port.
  const ports = [await freePort(), await freePort()];
  const servers: ServerProcess[] = ports.map((port) => here.start({ ...env, PORT: String(port) }));
  const urls = await Promise.all(servers.map(({ ready }) => ready));
  await using balancer = await openBalancer(urls);
  await until(() => urls.every(balancer.isUp));
  const stop = sendSteadily(balancer.url);
  for (let restart = 0; restart < RESTARTS; restart++) {
    const index = restart % 2;
    const url = urls[index] ?? "";
    servers[index]?.child.kill("SIGTERM");
    expect(await servers[index]?.ended).toMatchObject({ code: 0, stderr: "" });
    servers[index] = here.start({ ...env, PORT: new URL(url).port });
    await servers[index]?.ready;
    await until(() => balancer.isUp(url));
  }
  const { sent, failed } = await stop();
  expect(failed).toEqual([]);
  expect(sent).toBeGreaterThan(RESTARTS * 50);
});

/** A create whose body is sent later, when the server has its head. */
async function beginCreate(url: string) {
  const body = '{"key":"slow","type":"markdown","data":"late"}';
  const headers = { ...JSON_TYPE, "Content-Length": body.length, Expect: "100-continue" };
  const sent = request(`${url}/api/trpc/artifact.create`, { method: "POST", headers });
  sent.flushHeaders();
  const response = new Promise<{ status: number | undefined; connection: string | undefined }>((resolve, reject) => {
    sent.once("error", reject).once("response", (message) => {
      message
        .resume()
        .once("end", () => resolve({ status: message.statusCode, connection: message.headers.connection }));
    });
  });
  response.catch(() => {});
  await new Promise((resolve) => sent.once("continue", resolve));
  return { finish: () => sent.end(body), response };
}

const statusOf = async (url: string) => (await fetch(url)).status;

test("SIGTERM: not ready at once, then serves on until the port closes, and lets requests finish", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const { child, ready, ended } = here.start({ DATABASE_URL: fresh.url, VITRINE_DRAIN: "1", VITRINE_GRACE: "10" });
  const url = await ready;
  const begun = await beginCreate(url);
  const stream = await fetch(`${url}/api/trpc/changes.watch?input=%7B%7D`);
  child.kill("SIGTERM");
  await until(async () => (await statusOf(`${url}/api/ready`)) === 503);
  const drained = await fetch(`${url}/api/trpc/artifact.count`);
  expect([drained.status, drained.headers.get("connection")]).toEqual([200, "close"]);
  expect(await statusOf(`${url}/api/health`)).toBe(200);
  // The event stream ends properly when the port closes: an error would reject.
  expect(await stream.text()).toContain("resync");
  await until(() =>
    fetch(url).then(
      () => false,
      () => true,
    ),
  );
  begun.finish();
  expect(await begun.response).toEqual({ status: 200, connection: "close" });
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
});

test("requests that take longer than VITRINE_GRACE are cut", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const { child, ready, ended } = here.start({ DATABASE_URL: fresh.url, VITRINE_GRACE: "0" });
  const begun = await beginCreate(await ready);
  child.kill("SIGTERM");
  await expect(begun.response).rejects.toThrow();
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
});

test("a kept connection without a request does not delay the end", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const { child, ready, ended } = here.start({ DATABASE_URL: fresh.url, VITRINE_GRACE: "60" });
  const url = new URL(await ready);
  const socket = connect(Number(url.port), url.hostname);
  socket.write("GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  const begun = Date.now();
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0 });
  expect(Date.now() - begun).toBeLessThan(10_000);
});

test("a second signal ends a drain at once", async () => {
  await using here = await createServerFolder(process.env);
  await using fresh = await freshDatabase();
  const { child, ready, ended } = here.start({ DATABASE_URL: fresh.url, VITRINE_DRAIN: "600" });
  const url = await ready;
  child.kill("SIGTERM");
  await until(async () => (await statusOf(`${url}/api/ready`)) === 503);
  const second = setInterval(() => child.kill("SIGTERM"), 50);
  expect(await ended).toMatchObject({ code: 1 });
  clearInterval(second);
});
