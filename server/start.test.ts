import { request } from "node:http";
import { expect, test } from "vitest";
import { freePort } from "#db/embedded/liveness";
import { callerOn } from "#test/caller";
import { type FreshDatabase, freshDatabase } from "#test/database";
import type { RequestHandler } from "./listen";
import { parseEnv } from "./process/env";
import { type StartOptions, start } from "./start";

/** A running server in this process, with what it logs. */
async function startServer(
  { url }: FreshDatabase,
  variables: Record<string, string> = {},
  pages?: StartOptions["pages"],
) {
  const lines: string[] = [];
  const env = parseEnv({ PORT: String(await freePort()), DATABASE_URL: url, ...variables });
  const server = start({ env, version: "1.0.0", pages, log: (line) => lines.push(line) });
  const { stop } = server;
  return { url: await server.ready, lines, stop, [Symbol.asyncDispose]: stop };
}

test("without pages, a path that is not of the API is a 404 with a sentence", async () => {
  await using database = await freshDatabase();
  await using server = await startServer(database);
  const response = await fetch(`${server.url}/artifacts`);
  expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
    404,
    "text/plain",
    "This server was started without pages.\n",
  ]);
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
});

/** Renders the page that the start requests, and then fails before or after the head of a response. */
const failing: RequestHandler = async ({ url }, response) => {
  if (url === "/after-the-head") response.writeHead(200).write("half a page");
  if (url === "/artifacts") response.end();
  else throw new Error("The page fails.");
};

test("a page that fails is a 500, or ends early, and the server keeps running", async () => {
  await using database = await freshDatabase();
  let isClosed = false;
  const close = async () => {
    isClosed = true;
  };
  await using server = await startServer(database, {}, async () => ({ handle: failing, close }));
  // Node's `fetch` does not show the header `connection`.
  const failed = await new Promise((resolve, reject) => {
    const sent = request(`${server.url}/before-the-head`, { agent: false, headers: { connection: "keep-alive" } });
    sent.once("error", reject).once("response", ({ statusCode, headers }) => resolve([statusCode, headers.connection]));
    sent.end();
  });
  expect(failed).toEqual([500, "close"]);
  const begun = await fetch(`${server.url}/after-the-head`);
  expect([begun.status, await begun.text()]).toEqual([200, "half a page"]);
  expect((await fetch(`${server.url}/api/ready`)).status).toBe(200);
  await server.stop();
  expect(isClosed).toBe(true);
});

test("a server that drains logs it, is not ready, and serves requests until its port is closed", async () => {
  await using database = await freshDatabase();
  const port = await freePort();
  await using server = await startServer(database, { VITRINE_DRAIN: "1", VITRINE_METRICS_PORT: String(port) });
  const begun = performance.now();
  const stopped = server.stop();
  const ready = await fetch(`${server.url}/api/ready`);
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining("The server is shutting down")]);
  expect((await fetch(`${server.url}/api/trpc/artifact.count`)).status).toBe(200);
  expect((await fetch(`http://127.0.0.1:${port}/metrics?name=any`)).status).toBe(200);
  await stopped;
  expect(performance.now() - begun).toBeGreaterThan(990);
  expect(server.lines.at(-1)).toBe("Not ready any more; serving requests for 1 s …");
  await expect(fetch(`${server.url}/api/ready`)).rejects.toThrow();
  await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
});

test("a server that does not drain logs nothing of it", async () => {
  await using database = await freshDatabase();
  await using server = await startServer(database);
  await server.stop();
  expect(server.lines).not.toContainEqual(expect.stringContaining("serving requests"));
});

test("a start purges what has been in the trash for longer than VITRINE_TRASH_DAYS, and counts it", async () => {
  await using database = await freshDatabase();
  const call = callerOn(database);
  const created = await call.artifact.createMany({ items: [{}, {}, {}] });
  await call.artifact.removeMany({ ids: created.map(({ id }) => id) });
  const [recent, ...expired] = created.map(({ id }) => id);
  await database.db.execute(`update artifact_trash set removed = removed - interval '8 days' where id <> '${recent}'`);
  await using server = await startServer(database, { VITRINE_TRASH_DAYS: "7" });
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text();
  await expect.poll(metrics).toMatch(new RegExp(`^vitrine_purged_versions_total ${expired.length}$`, "m"));
  expect((await call.trash.list({})).map(({ id }) => id)).toEqual([recent]);
});
