import { createServer, type RequestListener } from "node:http";
import { afterEach, expect, it } from "vitest";
import { type DownloadProgress, download } from "./download";

let close = () => {};
afterEach(() => close());

/** A server that answers the n-th request with the n-th handler; its URL. */
async function serve(...handlers: RequestListener[]): Promise<string> {
  let requests = 0;
  const server = createServer((request, response) => handlers[requests++]?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => server.close();
  const address = server.address();
  return typeof address === "object" && address ? `http://127.0.0.1:${address.port}/` : "";
}

const reply =
  (status: number, body: string): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body);
const failure = (message: string) => JSON.stringify({ error: { message, code: -32008 } });

async function run(url: string, waits: number[]) {
  const reports: DownloadProgress[] = [];
  const bytes = await download(url, (progress) => reports.push(progress), waits);
  return { text: new TextDecoder().decode(bytes), reports };
}

it("downloads the bytes and reports how many there are", async () => {
  const { text, reports } = await run(await serve(reply(200, "ä".repeat(1000))), []);
  expect(text).toBe("ä".repeat(1000));
  expect(reports[0]).toEqual({ loaded: 2000, problem: null });
});

it("tries again after a timeout, a restart and a broken connection, and says why", async () => {
  const url = await serve(
    reply(408, failure("The query took too long.")),
    reply(503, "<html>"),
    (_, response) => response.destroy(),
    reply(200, "[1]"),
  );
  const { text, reports } = await run(url, [1, 1, 1]);
  expect(text).toBe("[1]");
  expect(reports.map(({ problem }) => problem)).toEqual([
    "The query took too long.",
    "The server could not answer. Try again in a moment.",
    "Can't reach the server. Check your connection and try again.",
    null,
  ]);
});

it("keeps the server's own sentence when it gives up, and never names a status", async () => {
  await expect(run(await serve(reply(404, failure('Artifact "x" was deleted.'))), [1])).rejects.toThrow(
    'Artifact "x" was deleted.',
  );
  close();
  const slow = reply(408, failure("The query took too long."));
  await expect(run(await serve(slow, slow), [1])).rejects.toThrow("The query took too long.");
});
