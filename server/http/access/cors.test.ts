import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

const ORIGIN = "https://app.example";
const CROSS_SITE = { origin: ORIGIN, "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" };
const KEY = { authorization: "Bearer correct-horse" };

let server: TestServer;
beforeAll(async () => {
  const apiKeys = [{ name: "ci", role: "write" as const, secret: "correct-horse" }];
  server = await startHttpServer({ allowedOrigins: [ORIGIN, "http://localhost:3000"], apiKeys });
});
afterAll(() => server[Symbol.asyncDispose]());

const corsHeaders = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => /^access-control|^vary$/.test(name)));

describe("a page of an allowed origin", () => {
  it("gets the methods of a path and any headers by a preflight", async () => {
    const headers = {
      ...CROSS_SITE,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    };
    const response = await server.fetch("/api/trpc/artifact.create", { method: "OPTIONS", headers });
    expect(response.status).toBe(204);
    expect(corsHeaders(response)).toEqual({
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "authorization,content-type",
      "access-control-max-age": "600",
      vary: "Origin",
    });
  });

  it.each(["a b", "a\tb", "a,,b", "x: y"])("gets no headers back that are no names: %j", async (names) => {
    const headers = { ...CROSS_SITE, "access-control-request-headers": names };
    const response = await server.fetch("/api/trpc/artifact.create", { method: "OPTIONS", headers });
    expect(response.headers.get("access-control-allow-headers")).toBeNull();
  });

  it("calls procedures, REST and downloads with an API key, and reads errors", async () => {
    const headers = { ...CROSS_SITE, ...KEY };
    expect((await server.post("artifact.create", '{"key":"a","data":1}', headers)).status).toBe(200);
    for (const path of ["/api/trpc/artifact.count", "/api/artifacts/key/a/1/data", "/api/artifacts/a/latest"]) {
      const response = await server.fetch(path, { headers });
      expect([path, response.status]).toEqual([path, 200]);
      expect(corsHeaders(response)).toMatchObject({ "access-control-allow-origin": ORIGIN, vary: "Origin" });
      expect(response.headers.get("access-control-expose-headers")).toContain("content-disposition");
    }
    const response = await server.post("artifact.count", "{}", CROSS_SITE);
    expect([response.status, corsHeaders(response)["access-control-allow-origin"]]).toEqual([401, ORIGIN]);
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
  });

  it("cannot use a session, sign in, or read pages", async () => {
    const form = { method: "POST", body: new URLSearchParams({ key: "correct-horse" }) };
    const cookie = (await server.fetch("/api/sign-in", form)).headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(cookie).not.toBe("");
    const response = await server.fetch("/api/trpc/artifact.count", { headers: { ...CROSS_SITE, cookie } });
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("cannot use a session")]);
    expect((await server.fetch("/api/sign-in", { ...form, headers: CROSS_SITE })).status).toBe(403);
    const page = await server.fetch("/artifacts", { headers: { ...CROSS_SITE, ...KEY } });
    expect([page.status, corsHeaders(page)]).toEqual([403, {}]);
  });
});

it.each(["https://app.example:8443", "http://app.example", "https://app.example.evil.example", "null"])(
  "a page of %s gets an error that says what would allow it",
  async (origin) => {
    const response = await server.fetch("/api/trpc/artifact.count", { headers: { ...CROSS_SITE, ...KEY, origin } });
    expect([response.status, corsHeaders(response)]).toEqual([403, {}]);
    const remedy = origin === "null" ? "send an API key from a program" : "add it to VITRINE_ALLOWED_ORIGINS";
    expect(await response.text()).toContain(remedy);
  },
);
