import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

const keys = [{ name: "ci", role: "write" as const, secret: "correct-horse" }];

let server: TestServer;
let locked: TestServer;
beforeAll(async () => {
  [server, locked] = await Promise.all([startHttpServer(), startHttpServer({ apiKeys: keys })]);
});
afterAll(() => Promise.all([server[Symbol.asyncDispose](), locked[Symbol.asyncDispose]()]));

const count = async () => (await (await server.fetch("/api/trpc/artifact.count")).json()).result.data;

describe("the Host header", () => {
  const get = (at: TestServer, host: string, path = "/api/health", more = "") =>
    at.raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);

  it.each(["localhost", "localhost:4400", "127.0.0.1", "127.1.2.3:80", "[::1]:4400", "LOCALHOST"])(
    "may be %s",
    async (host) => {
      expect(await get(server, host)).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  it.each([
    "evil.example",
    "169.254.169.254",
    "rebind.attacker.test:4400",
    "127.0.0.1.evil.example",
    "localhost.evil",
    "[::2]",
  ])("may not be %s, for the API and pages", async (host) => {
    for (const path of ["/api/health", "/api/trpc/artifact.list", "/artifacts", "/_next/static/x.js"]) {
      const response = await get(server, host, path, "X-Forwarded-Host: localhost\r\n");
      expect(response).toMatch(/^HTTP\/1.1 421 /);
      expect(response).not.toContain(host);
    }
  });

  it.each(["", "a b", "localhost:port", "user@localhost", "localhost/x"])("is invalid as %j", async (host) => {
    expect(await get(server, host)).toMatch(/^HTTP\/1.1 400 /);
  });

  it("is required once, and without an absolute URL", async () => {
    expect(await get(server, "localhost\r\nHost: evil.example")).toMatch(/^HTTP\/1.1 400 /);
    expect(await server.raw("GET /api/health HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
    expect(await get(server, "localhost", "http://evil.example/api/health")).toMatch(/^HTTP\/1.1 400 /);
    expect(await get(server, "localhost", "//evil.example/api/health")).toMatch(/^HTTP\/1.1 400 /);
  });

  it("may be a configured name, and any name where API keys protect a server for other machines", async () => {
    await using named = await startHttpServer({ allowedHosts: ["vitrine.lan"] });
    expect(await get(named, "vitrine.lan:80")).toMatch(/^HTTP\/1.1 200 /);
    await using open = await startHttpServer({ host: "0.0.0.0", apiKeys: keys });
    expect(await get(open, "vitrine.example")).toMatch(/^HTTP\/1.1 200 /);
    await using keyless = await startHttpServer({ host: "0.0.0.0" });
    expect(await get(keyless, "10.0.0.7:4400")).toMatch(/^HTTP\/1.1 200 /);
    expect(await get(keyless, "rebind.attacker.test")).toMatch(/^HTTP\/1.1 421 /);
  });
});

describe("requests from other sites", () => {
  const CROSS_SITE: [string, Record<string, string>][] = [
    ["cross-site", { "sec-fetch-site": "cross-site" }],
    ["same-site", { "sec-fetch-site": "same-site" }],
    ["a foreign origin", { origin: "https://evil.example" }],
    ["another port of this host", { origin: "http://127.0.0.1:1" }],
    ["an opaque origin", { origin: "null" }],
  ];
  const TYPES = [
    "application/json",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/octet-stream",
    "",
  ];

  it.each(CROSS_SITE)("are rejected for queries and mutations of any content type: %s", async (_, headers) => {
    const before = await count();
    for (const type of TYPES) {
      for (const procedure of ["artifact.create", "artifact.list", "artifact.create?batch=1"]) {
        const response = await server.post(procedure, '{"key":"forged"}', { ...headers, "content-type": type });
        expect(response.status).toBe(403);
        expect(response.headers.get("access-control-allow-origin")).toBeNull();
        expect((await response.json()).error.data.code).toBe("FORBIDDEN");
      }
    }
    for (const path of ["/api/trpc/artifact.list", "/api/artifacts/x/data", "/api/health"]) {
      expect((await server.fetch(path, { headers })).status).toBe(403);
    }
    for (const path of ["/api/sign-in", "/api/sign-out"]) {
      expect(
        (await locked.fetch(path, { method: "POST", headers, body: new URLSearchParams({ key: "correct-horse" }) }))
          .status,
      ).toBe(403);
    }
    expect(await count()).toBe(before);
  });

  it("get no CORS headers for a preflight", async () => {
    const headers = {
      origin: "https://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-private-network": "true",
    };
    const response = await server.fetch("/api/trpc/artifact.create", { method: "OPTIONS", headers });
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  it("are not those of own pages and programs", async () => {
    const own = { "sec-fetch-site": "same-origin", origin: server.origin };
    expect((await server.post("artifact.create", "{}", own)).status).toBe(200);
    expect((await server.post("artifact.create", "{}", { origin: server.origin })).status).toBe(200);
    expect((await server.post("artifact.create", "{}")).status).toBe(200);
    // A browser sends this for a form of the same site under a referrer policy that hides the origin.
    expect((await server.post("artifact.create", "{}", { ...own, origin: "null" })).status).toBe(200);
  });

  it("may link to a page, but not embed it or load the API", async () => {
    // Written by hand, as fetch sets its own mode.
    const statusOf = async (path: string, [site, mode, dest]: string[]) => {
      const from = `Sec-Fetch-Site: ${site}\r\nSec-Fetch-Mode: ${mode}\r\nSec-Fetch-Dest: ${dest}\r\n`;
      return (await server.raw(`GET ${path} HTTP/1.1\r\nHost: {host}\r\n${from}Connection: close\r\n\r\n`)).slice(
        9,
        12,
      );
    };
    expect(await statusOf("/artifacts", ["cross-site", "navigate", "document"])).toBe("200");
    expect(await statusOf("/artifacts", ["cross-site", "navigate", "iframe"])).toBe("403");
    expect(await statusOf("/artifacts", ["cross-site", "no-cors", "script"])).toBe("403");
    expect(await statusOf("/api/trpc/artifact.list", ["cross-site", "navigate", "document"])).toBe("403");
    expect(await statusOf("/frames/chart", ["cross-site", "navigate", "iframe"])).toBe("403");
    // A frame has an origin of its own, and its scripts are the same for everyone.
    expect(await statusOf("/frames/assets/x.js", ["cross-site", "cors", "script"])).toBe("200");
    expect(await statusOf("/api/health", ["none", "navigate", "document"])).toBe("200");
  });

  it("are assumed for a cookie without an origin, not for an API key", async () => {
    const signedIn = await locked.fetch("/api/sign-in", {
      method: "POST",
      body: new URLSearchParams({ key: "correct-horse" }),
    });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await locked.post("artifact.create", "{}", { cookie })).status).toBe(403);
    expect((await locked.post("artifact.create", "{}", { cookie, origin: locked.origin })).status).toBe(200);
    expect((await locked.post("artifact.create", "{}", { authorization: "Bearer correct-horse" })).status).toBe(200);
  });
});

describe("pages", () => {
  it("have a policy with a new nonce that the request passes on to Next", async () => {
    const [one, other] = await Promise.all([server.fetch("/artifacts"), server.fetch("/artifacts")]);
    const policy = one.headers.get("content-security-policy") ?? "";
    const received = JSON.parse((await one.text()).slice("page ".length));
    expect(policy).toContain(`script-src 'nonce-${received["x-nonce"]}'`);
    expect(received["content-security-policy"]).toBe(policy);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(other.headers.get("content-security-policy")).not.toBe(policy);
    expect(one.headers.get("x-content-type-options")).toBe("nosniff");
    expect(one.headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(one.headers.get("referrer-policy")).toBe("same-origin");
  });

  it("do not get the internal headers of Next from outside", async () => {
    const names = [
      "x-middleware-subrequest",
      "x-middleware-rewrite",
      "x-nextjs-data",
      "next-resume",
      "next-action",
      "x-matched-path",
      "x-invoke-path",
      "x-forwarded-host",
    ];
    const response = await server.fetch("/artifacts", {
      headers: { ...Object.fromEntries(names.map((name) => [name, "x"])), "x-nonce": "mine" },
    });
    const received = JSON.parse((await response.text()).slice("page ".length));
    for (const name of names) expect(received[name]).toBeUndefined();
    expect(received["x-nonce"]).not.toBe("mine");
  });

  it("support GET and HEAD only, without the image optimizer", async () => {
    expect((await server.fetch("/artifacts", { method: "POST", headers: { "next-action": "x" } })).status).toBe(405);
    expect((await server.fetch("/_next/image?url=%2Fx&w=64&q=75")).status).toBe(404);
  });
});
