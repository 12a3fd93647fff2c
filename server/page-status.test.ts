import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { applyPageStatus, setPageStatus } from "./page-status";

it("a page sets the status of its own request only, and not over an error or a redirect", async () => {
  const server = createServer((request, response) => {
    const [, id = "", own = "200"] = (request.url ?? "").split("/");
    applyPageStatus(id, response);
    if (id === "missing") setPageStatus(id, 404);
    response.statusCode = Number(own);
    response.end("page");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // listening on TCP
  const statusOf = async (path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual" })).status;
  expect(await statusOf("/missing")).toBe(404);
  expect(await statusOf("/found")).toBe(200);
  expect(await statusOf("/missing/307")).toBe(307);
  expect(await statusOf("/missing/500")).toBe(500);
  // Without a request in progress nothing is kept.
  setPageStatus("later", 404);
  expect(await statusOf("/later")).toBe(200);
  server.close();
});
