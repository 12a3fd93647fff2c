import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestServer } from "#test/http-server";
import { startRestServer } from "#test/rest-server";

let server: TestServer;
beforeAll(async () => {
  ({ server } = await startRestServer());
});
afterAll(() => server[Symbol.asyncDispose]());

/** Sends a body with that Content-Type, or without any. */
async function statusOf(type: string | null, body: Uint8Array<ArrayBuffer> | string): Promise<number> {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const headers: Record<string, string> = type === null ? {} : { "content-type": type };
  const response = await server.fetch("/api/artifacts/count", { method: "POST", body: bytes, headers });
  return response.status;
}

test.each([
  ["no Content-Type", null, 200],
  ["JSON", "application/json", 200],
  ["JSON in UTF-8", 'application/json; charset="UTF-8"', 200],
  ["a type that is based on JSON", "application/vnd.api+json", 200],
  ["UTF-16", "application/json; charset=utf-16", 415],
  ["UTF-16 of a type that is based on JSON", "application/vnd.api+json;charset=utf-16le", 415],
  ["Latin-1 beside UTF-8", "application/json; charset=utf-8; charset=latin1", 415],
  ["a form", "application/x-www-form-urlencoded", 422],
  ["text", "text/plain", 422],
])("a body with %s", async (_, type, status) => {
  expect(await statusOf(type, "{}")).toBe(status);
});

test("a body in UTF-16 that does not say so is not misread", async () => {
  expect(await statusOf("application/json", new Uint8Array(Buffer.from("\ufeff{}", "utf16le")))).toBe(422);
  expect(await statusOf(null, new Uint8Array(Buffer.from('{"a":1}', "utf16le")))).toBe(422);
});
