import { afterAll, beforeAll, expect, test } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

let door: TestServer;
let id = "";
beforeAll(async () => {
  door = await startHttpServer();
  const made = await door.post("artifact.create", '{"key":"direct","data":{"b":1.0,"a":12345678901234567890}}');
  id = (await made.json()).result.data.id;
});
afterAll(() => door[Symbol.asyncDispose]());

/** A call that asks for tRPC's own answer: only such calls carry this header. */
const OWN = { "trpc-accept": "application/json" };

const told = async (answer: Response) => ({
  status: answer.status,
  body: await answer.text(),
  headers: [...answer.headers].filter(([name]) => name !== "date" && name !== "vary"),
});

const get = (path: string, init?: RequestInit) => door.fetch(`/api/trpc/${path}`, init);
const input = (value: unknown) => `?input=${encodeURIComponent(JSON.stringify(value))}`;

test.each<[string, (headers: Record<string, string>) => Promise<Response>]>([
  ["a read", (headers) => get(`artifact.read${input({ id })}`, { headers })],
  ["a read by POST", (headers) => door.post("artifact.read", JSON.stringify({ id }), headers)],
  ["a list with data", (headers) => get(`artifact.list${input({ include: ["data"] })}`, { headers })],
  ["no input", (headers) => get("artifact.count", { headers })],
  ["no input by POST", (headers) => door.post("artifact.count", "", headers)],
  ["an unknown id", (headers) => get(`artifact.read${input({ id: id.replace(/^./, "f") })}`, { headers })],
  ["a refused input", (headers) => get(`artifact.list${input({ limit: 201 })}`, { headers })],
  ["an unknown field", (headers) => door.post("artifact.create", '{"nope":1}', headers)],
  ["an update of nothing", (headers) => door.post("artifact.update", JSON.stringify({ id }), headers)],
  ["a mutation by GET", (headers) => get(`artifact.remove${input({ id })}`, { headers })],
  ["HEAD", (headers) => get(`artifact.read${input({ id })}`, { method: "HEAD", headers })],
  ["an unknown procedure", (headers) => get("artifact.explode", { headers })],
  ["a name that objects have", (headers) => get("constructor", { headers })],
  ["a noun alone", (headers) => get("artifact", { headers })],
])("%s is answered as tRPC itself answers it", async (_, call) => {
  const [directly, own] = [await told(await call({})), await told(await call(OWN))];
  expect(directly).toEqual(own);
});
