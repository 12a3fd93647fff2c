import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { createHoldingFetch } from "./connection";

let close = () => {};
afterEach(() => close());

/** A server that responds to the n-th request with the n-th handler, and is healthy after `sick` attempts; a holding fetch to it. */
async function serve(sick: number, ...handlers: RequestListener[]) {
  const count = { requests: 0, health: 0 };
  const server = createServer((request, response) => {
    if (request.url !== "/api/health") return handlers[count.requests++]?.(request, response);
    count.health += 1;
    return count.health > sick ? response.end("true") : response.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => server.close();
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address?.port}`;
  const holding = createHoldingFetch((input, init) => fetch(new URL(String(input), origin), init), origin);
  return { holding, count };
}

const page = { headers: { rsc: "1" } };
const destroy: RequestListener = (_, response) => void response.destroy();
const succeed: RequestListener = (_, response) => void response.end("here");
const halfway: RequestListener = (_, response: ServerResponse) => {
  response.writeHead(200, { "content-length": "1000" });
  response.write("he", () => response.destroy());
};
const proxy: RequestListener = (_, response) => void response.writeHead(502).end("<html>");
const busy: RequestListener = (_, response) => void response.writeHead(503, { "x-request-id": "1" }).end("busy");

it.each([
  ["a page whose connection breaks", page, destroy],
  ["a page that breaks halfway", page, halfway],
  ["a page of a proxy without its server", page, proxy],
  ["a page of a busy server", page, busy],
  ["a query whose connection breaks", {}, destroy],
  ["a query by a proxy without its server", {}, proxy],
] as const)("holds %s until the server answers", async (_, init, failing) => {
  const { holding, count } = await serve(1, failing, succeed);
  expect(await (await holding("/artifacts", init)).text()).toBe("here");
  expect(count).toEqual({ requests: 2, health: 2 });
});

it("leaves mutations, prefetches and the errors of the server itself to who asked", async () => {
  const { holding, count } = await serve(0, destroy, destroy, busy);
  await expect(holding("/api/trpc/x", { method: "POST" })).rejects.toThrow("fetch failed");
  await expect(holding("/x", { headers: { ...page.headers, "next-router-prefetch": "1" } })).rejects.toThrow();
  expect((await holding("/api/trpc/x")).status).toBe(503);
  expect(count.health).toBe(0);
});

it("gives up on what alone fails while the server answers", async () => {
  const { holding, count } = await serve(0, destroy, destroy, destroy, destroy);
  await expect(holding("/api/trpc/x")).rejects.toThrow("fetch failed");
  expect(count.requests).toBe(4);
});

it("ends when the request is aborted", async () => {
  const { holding } = await serve(9, destroy);
  const controller = new AbortController();
  const pending = holding("/api/trpc/x", { signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(pending).rejects.toMatchObject({ name: "AbortError" });
});
