import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openSource } from "./source";

type Reply = { status?: number; body?: unknown };
interface Received {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

/** A server with Prefect's paths, whose replies are given by `reply`. */
async function startServer(reply: (request: Received) => Reply) {
  const requests: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const received = { method, path: url, headers, body: await text(request) };
    requests.push(received);
    const { status = 200, body = "" } = reply(received);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    requests,
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const prefect = (received: Received): Reply => {
  if (received.path === "/api/admin/version") return { body: "3.8.8" };
  if (received.path.endsWith("/count")) return { body: 7 };
  return received.path.startsWith("/api/") ? { body: [] } : { status: 404 };
};

const open = (url: string, auth?: string) => openSource({ url, auth, signal: new AbortController().signal });

test("finds the API with and without /api in the URL", async () => {
  await using server = await startServer(prefect);
  for (const path of ["", "/", "/api", "/api/"]) {
    expect(await open(server.url + path)).toMatchObject({ version: "3.8.8", limit: 200 });
  }
});

test("counts, lists and reads rows", async () => {
  await using server = await startServer((received) => {
    if (!received.path.endsWith("/flow_runs/filter")) return prefect(received);
    return { body: [JSON.parse(received.body)] };
  });
  const source = await open(server.url);
  expect(await source.count("flowRuns")).toBe(7);
  const page = await source.page("flowRuns", "ID_DESC", 40);
  expect(page).toEqual({ text: '[{"sort":"ID_DESC","offset":40,"limit":200}]', limit: 200 });
  expect(JSON.parse((await source.rows("flowRuns", ["1", "2"])) ?? "")).toEqual([
    { flow_runs: { id: { any_: ["1", "2"] } }, limit: 200 },
  ]);
});

test("uses the limit that a server names", async () => {
  await using server = await startServer((received) =>
    received.path === "/api/flows/filter" && JSON.parse(received.body).limit > 20
      ? { status: 422, body: { detail: "Input should be less than or equal to 20" } }
      : prefect(received),
  );
  const source = await open(server.url);
  expect(source.limit).toBe(20);
  expect(await source.page("flows", "NAME_ASC", 0)).toEqual({ text: "[]", limit: 20 });
});

test("requests fewer rows after a large response", async () => {
  const large = "x".repeat(2 ** 24);
  await using server = await startServer((received) =>
    received.path === "/api/artifacts/filter" ? { body: [large] } : prefect(received),
  );
  const source = await open(server.url);
  const limits: number[] = [];
  for (let i = 0; i < 3; i++) limits.push((await source.page("artifacts", "ID_DESC", 0)).limit);
  expect(limits).toEqual([200, 100, 50]);
});

test("sends the auth string, and names the options when access is denied", async () => {
  await using server = await startServer((received) =>
    received.headers.authorization === `Basic ${btoa("admin:pass")}` ? prefect(received) : { status: 401 },
  );
  expect(await open(server.url, "admin:pass")).toMatchObject({ version: "3.8.8" });
  for (const auth of [undefined, "admin:wrong"]) {
    await expect(open(server.url, auth)).rejects.toMatchObject({
      exit: 5,
      message: expect.stringMatching(/denied access \(status 401\).*--auth or PREFECT_API_AUTH_STRING/),
    });
  }
});

test("fetches a CSRF token when the server requires one", async () => {
  await using server = await startServer((received) => {
    if (received.path.startsWith("/api/csrf-token?client=")) return { body: { token: "a-token" } };
    if (received.method === "GET" || received.headers["prefect-csrf-token"] === "a-token") return prefect(received);
    return { status: 403 };
  });
  const source = await open(server.url);
  expect(await source.count("flows")).toBe(7);
  const last = server.requests.at(-1);
  const tokenRequest = server.requests.find(({ path }) => path.includes("csrf-token"));
  expect(tokenRequest?.path).toContain(String(last?.headers["prefect-csrf-client"]));
});

test("retries while the server is busy", async () => {
  let busy = 1;
  await using server = await startServer((received) =>
    received.path.endsWith("/count") && busy-- > 0 ? { status: 503 } : prefect(received),
  );
  expect(await (await open(server.url)).count("flows")).toBe(7);
});

test("rejects with the status and the start of any other response", async () => {
  await using server = await startServer((received) =>
    received.path.endsWith("/count") ? { status: 500, body: { detail: "broken" } } : prefect(received),
  );
  const source = await open(server.url);
  await expect(source.count("flows")).rejects.toMatchObject({
    exit: 1,
    message: 'Prefect responded to /flows/count with status 500: {"detail":"broken"}',
  });
});

test("rejects a server that is not Prefect, and one that is unreachable", async () => {
  await using server = await startServer(() => ({ status: 404 }));
  await expect(open(server.url)).rejects.toMatchObject({
    exit: 1,
    message: expect.stringContaining("is not a Prefect API; use a URL such as http://127.0.0.1:4200/api."),
  });
  await expect(open("http://127.0.0.1:1")).rejects.toMatchObject({ exit: 4, code: "UNREACHABLE" });
});
