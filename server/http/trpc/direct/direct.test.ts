import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

/** The version whose private parts the direct path was checked with; see README.md. */
const CHECKED_VERSION = "11.22.1";

let server: TestServer;
let id = "";
beforeAll(async () => {
  server = await startHttpServer();
  const created = await server.post("artifact.create", '{"key":"direct","data":{"b":1.0,"a":12345678901234567890}}');
  id = (await created.json()).result.data.id;
});
afterAll(() => server[Symbol.asyncDispose]());

/** Calls with this header are handled by tRPC itself. */
const TRPC_ONLY = { "trpc-accept": "application/json" };

const contentOf = async (response: Response) => ({
  status: response.status,
  body: await response.text(),
  headers: [...response.headers].filter(([name]) => !["date", "vary", "x-request-id"].includes(name)),
});

const get = (path: string, init?: RequestInit) => server.fetch(`/api/trpc/${path}`, init);
const input = (value: unknown) => `?input=${encodeURIComponent(JSON.stringify(value))}`;

const BEFORE = "2020-01-01T00:00:00Z";
/** It is rejected: there is no index of the data of then. */
const SEARCH_OF_PAST = { asOf: BEFORE, where: { query: "direct" } };

type Call = (headers: Record<string, string>) => Promise<Response>;

const DIRECT: [string, Call][] = [
  ["a read", (headers) => get(`artifact.read${input({ id })}`, { headers })],
  ["a read by POST", (headers) => server.post("artifact.read", JSON.stringify({ id }), headers)],
  ["a list with data", (headers) => get(`artifact.list${input({ include: ["data"] })}`, { headers })],
  ["a list of versions as of before any", (headers) => get(`artifact.list${input({ asOf: BEFORE })}`, { headers })],
  ["a list of keys as of before any", (headers) => get(`collection.list${input({ asOf: BEFORE })}`, { headers })],
  ["a search of versions of the past", (headers) => get(`artifact.list${input(SEARCH_OF_PAST)}`, { headers })],
  ["a search of keys of the past", (headers) => get(`collection.list${input(SEARCH_OF_PAST)}`, { headers })],
  ["no input", (headers) => get("artifact.count", { headers })],
  ["no input by POST", (headers) => server.post("artifact.count", "", headers)],
  ["an unknown id", (headers) => get(`artifact.read${input({ id: id.replace(/^./, "f") })}`, { headers })],
  ["an invalid input", (headers) => get(`artifact.list${input({ limit: 201 })}`, { headers })],
  ["an unknown field", (headers) => server.post("artifact.create", '{"nope":1}', headers)],
  ["an update of nothing", (headers) => server.post("artifact.update", JSON.stringify({ id }), headers)],
];

const NOT_DIRECT: [string, Call][] = [
  ["a mutation by GET", (headers) => get(`artifact.remove${input({ id })}`, { headers })],
  ["HEAD", (headers) => get(`artifact.read${input({ id })}`, { method: "HEAD", headers })],
  ["an unknown procedure", (headers) => get("artifact.explode", { headers })],
  ["a name that objects have", (headers) => get("constructor", { headers })],
  ["a noun alone", (headers) => get("artifact", { headers })],
];

describe("the direct path", () => {
  it.each([...DIRECT, ...NOT_DIRECT])("responds to %s as tRPC does", async (_, call) => {
    expect(await contentOf(await call({}))).toEqual(await contentOf(await call(TRPC_ONLY)));
  });

  // tRPC's handler sends a Vary header, the direct path does not.
  it.each(DIRECT)("is taken for %s", async (_, call) => {
    expect((await call({})).headers.has("vary")).toBe(false);
    expect((await call(TRPC_ONLY)).headers.has("vary")).toBe(true);
  });

  it("was checked with the installed version of tRPC", () => {
    const path = createRequire(import.meta.url).resolve("@trpc/server/package.json");
    const { version } = JSON.parse(readFileSync(path, "utf8"));
    expect(version, "see README.md beside this test").toBe(CHECKED_VERSION);
    expect(readFileSync(new URL("README.md", import.meta.url), "utf8")).toContain(`\`@trpc/server\` ${version}`);
  });
});
