import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";

const keys = [{ name: "ci", role: "write" as const, secret: "correct-horse" }];

let door: TestServer;
let locked: TestServer;
beforeAll(async () => {
  [door, locked] = await Promise.all([startHttpServer(), startHttpServer({ apiKeys: keys })]);
});
afterAll(() => Promise.all([door[Symbol.asyncDispose](), locked[Symbol.asyncDispose]()]));

const count = async () => (await (await door.fetch("/api/trpc/artifact.count")).json()).result.data;

describe("hosts", () => {
  const get = (at: TestServer, host: string, path = "/api/health", more = "") =>
    at.raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}Connection: close\r\n\r\n`);

  test.each(["localhost", "localhost:4400", "127.0.0.1", "127.1.2.3:80", "[::1]:4400", "LOCALHOST"])(
    "%s is ours",
    async (host) => {
      expect(await get(door, host)).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  test.each([
    "evil.example",
    "169.254.169.254",
    "rebind.attacker.test:4400",
    "127.0.0.1.evil.example",
    "localhost.evil",
    "[::2]",
  ])("%s is not, at any door or page", async (host) => {
    for (const path of ["/api/health", "/api/trpc/artifact.list", "/artifacts", "/_next/static/x.js"]) {
      const answer = await get(door, host, path, "X-Forwarded-Host: localhost\r\n");
      expect(answer).toMatch(/^HTTP\/1.1 421 /);
      expect(answer).not.toContain(host);
    }
  });

  test.each(["", "a b", "localhost:port", "user@localhost", "localhost/x"])("%j is no host", async (host) => {
    expect(await get(door, host)).toMatch(/^HTTP\/1.1 400 /);
  });

  test("two hosts, none, and an absolute address are refused", async () => {
    expect(await get(door, "localhost\r\nHost: evil.example")).toMatch(/^HTTP\/1.1 400 /);
    expect(await door.raw("GET /api/health HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
    expect(await get(door, "localhost", "http://evil.example/api/health")).toMatch(/^HTTP\/1.1 400 /);
    expect(await get(door, "localhost", "//evil.example/api/health")).toMatch(/^HTTP\/1.1 400 /);
  });

  test("names that are allowed are ours; so is any name, where keys guard a server for other machines", async () => {
    await using named = await startHttpServer({ allowedHosts: ["vitrine.lan"] });
    expect(await get(named, "vitrine.lan:80")).toMatch(/^HTTP\/1.1 200 /);
    await using open = await startHttpServer({ host: "0.0.0.0", apiKeys: keys });
    expect(await get(open, "vitrine.example")).toMatch(/^HTTP\/1.1 200 /);
    await using everybody = await startHttpServer({ host: "0.0.0.0" });
    expect(await get(everybody, "10.0.0.7:4400")).toMatch(/^HTTP\/1.1 200 /);
    expect(await get(everybody, "rebind.attacker.test")).toMatch(/^HTTP\/1.1 421 /);
  });
});

describe("other sites", () => {
  const FOREIGN: [string, Record<string, string>][] = [
    ["cross-site", { "sec-fetch-site": "cross-site" }],
    ["same-site", { "sec-fetch-site": "same-site" }],
    ["a foreign origin", { origin: "https://evil.example" }],
    ["another port here", { origin: "http://127.0.0.1:1" }],
    ["an origin that hides", { origin: "null" }],
  ];
  const TYPES = [
    "application/json",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "text/plain",
    "application/octet-stream",
    "",
  ];

  test.each(FOREIGN)("%s: no mutation runs, of any type; no query is answered", async (_, headers) => {
    const before = await count();
    for (const type of TYPES) {
      for (const procedure of ["artifact.create", "artifact.list", "artifact.create?batch=1"]) {
        const answer = await door.post(procedure, '{"key":"forged"}', { ...headers, "content-type": type });
        expect(answer.status).toBe(403);
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
        expect((await answer.json()).error.data.code).toBe("FORBIDDEN");
      }
    }
    for (const path of ["/api/trpc/artifact.list", "/api/artifacts/x/data", "/api/health"]) {
      expect((await door.fetch(path, { headers })).status).toBe(403);
    }
    for (const path of ["/api/sign-in", "/api/sign-out"]) {
      expect(
        (await locked.fetch(path, { method: "POST", headers, body: new URLSearchParams({ key: "correct-horse" }) }))
          .status,
      ).toBe(403);
    }
    expect(await count()).toBe(before);
  });

  test("a preflight is given no leave", async () => {
    const headers = {
      origin: "https://evil.example",
      "access-control-request-method": "POST",
      "access-control-request-private-network": "true",
    };
    const answer = await door.fetch("/api/trpc/artifact.create", { method: "OPTIONS", headers });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });

  test("our own pages may ask, programs may, and others may link to a page but not load it", async () => {
    const own = { "sec-fetch-site": "same-origin", origin: door.origin };
    expect((await door.post("artifact.create", "{}", own)).status).toBe(200);
    expect((await door.post("artifact.create", "{}", { origin: door.origin })).status).toBe(200);
    expect((await door.post("artifact.create", "{}")).status).toBe(200);
    // What a browser sends for a form of ours where a referrer policy hides the origin.
    expect((await door.post("artifact.create", "{}", { ...own, origin: "null" })).status).toBe(200);
  });

  test("others may link to a page, but not load it into theirs, and not to a door", async () => {
    // By hand: the platform's fetch writes its own mode.
    const statusOf = async (path: string, [site, mode, dest]: string[]) => {
      const from = `Sec-Fetch-Site: ${site}\r\nSec-Fetch-Mode: ${mode}\r\nSec-Fetch-Dest: ${dest}\r\n`;
      return (await door.raw(`GET ${path} HTTP/1.1\r\nHost: {host}\r\n${from}Connection: close\r\n\r\n`)).slice(9, 12);
    };
    expect(await statusOf("/artifacts", ["cross-site", "navigate", "document"])).toBe("200");
    expect(await statusOf("/artifacts", ["cross-site", "navigate", "iframe"])).toBe("403");
    expect(await statusOf("/artifacts", ["cross-site", "no-cors", "script"])).toBe("403");
    expect(await statusOf("/api/trpc/artifact.list", ["cross-site", "navigate", "document"])).toBe("403");
    expect(await statusOf("/api/health", ["none", "navigate", "document"])).toBe("200");
  });

  test("a cookie alone proves nothing; an API key needs no origin", async () => {
    const signed = await locked.fetch("/api/sign-in", {
      method: "POST",
      body: new URLSearchParams({ key: "correct-horse" }),
    });
    const cookie = signed.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await locked.post("artifact.create", "{}", { cookie })).status).toBe(403);
    expect((await locked.post("artifact.create", "{}", { cookie, origin: locked.origin })).status).toBe(200);
    expect((await locked.post("artifact.create", "{}", { authorization: "Bearer correct-horse" })).status).toBe(200);
  });
});

describe("pages", () => {
  test("carry a policy whose nonce the request carries to Next, another each time", async () => {
    const [one, other] = await Promise.all([door.fetch("/artifacts"), door.fetch("/artifacts")]);
    const policy = one.headers.get("content-security-policy") ?? "";
    const seen = JSON.parse((await one.text()).slice("page ".length));
    expect(policy).toContain(`script-src 'nonce-${seen["x-nonce"]}'`);
    expect(seen["content-security-policy"]).toBe(policy);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(other.headers.get("content-security-policy")).not.toBe(policy);
    expect(one.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("headers by which Next speaks to itself do not come through from outside", async () => {
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
    const answer = await door.fetch("/artifacts", {
      headers: { ...Object.fromEntries(names.map((name) => [name, "x"])), "x-nonce": "mine" },
    });
    const seen = JSON.parse((await answer.text()).slice("page ".length));
    for (const name of names) expect(seen[name]).toBeUndefined();
    expect(seen["x-nonce"]).not.toBe("mine");
  });

  test("are only read, and there is no image optimizer", async () => {
    expect((await door.fetch("/artifacts", { method: "POST", headers: { "next-action": "x" } })).status).toBe(405);
    expect((await door.fetch("/_next/image?url=%2Fx&w=64&q=75")).status).toBe(404);
  });
});
