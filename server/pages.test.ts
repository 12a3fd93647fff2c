import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { freePort } from "#db/embedded/liveness";
import { StartupError } from "#db/startup-error";
import { freshDatabase } from "#test/database";
import { parseEnv } from "./process/env";
import { start } from "./start";

/** A server with API keys whose first page is requested, and responds with a status once `render` is called. */
async function startWithPages() {
  const database = await freshDatabase();
  const port = await freePort();
  const requests: [IncomingMessage, ServerResponse][] = [];
  const pages = async () => ({
    handle: async (request: IncomingMessage, response: ServerResponse) => void requests.push([request, response]),
    close: async () => {},
  });
  const variables = { PORT: String(port), DATABASE_URL: database.url, VITRINE_API_KEYS: "me:read:a-long-secret" };
  const server = start({ env: parseEnv(variables), version: "1.0.0", pages, log: () => {} });
  server.ready.catch(() => {});
  await expect.poll(() => requests.length, { timeout: 10_000 }).toBe(1);
  return {
    ready: server.ready,
    path: requests[0]?.[0].url,
    render: (status: number) => requests[0]?.[1].writeHead(status).end("page"),
    statusOf: async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await database[Symbol.asyncDispose]();
    },
  };
}

test("is not ready before the first page is rendered", async () => {
  await using server = await startWithPages();
  expect(server.path).toBe("/artifacts");
  expect(await server.statusOf("/api/ready")).toBe(503);
  expect(await server.statusOf("/api/health")).toBe(200);
  server.render(200);
  await server.ready;
  expect(await server.statusOf("/api/ready")).toBe(200);
});

test("a first page that fails is a failed start", async () => {
  await using server = await startWithPages();
  server.render(500);
  await expect(server.ready).rejects.toEqual(
    new StartupError("The first page returned status 500: see the errors above."),
  );
});
