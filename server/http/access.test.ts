import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";
import { createAccess } from "./access";
import { localPath } from "./sign-in";

const KEYS = [
  { name: "reader", role: "read" as const, secret: "read-only-secret" },
  { name: "writer", role: "write" as const, secret: "admin:pass-word" },
  { name: "chief", role: "admin" as const, secret: "the-chief-secret" },
];
const access = createAccess({ apiKeys: KEYS, trustedProxies: [] });
const proxied = createAccess({ apiKeys: KEYS, trustedProxies: ["127.0.0.1"] });
const https = new Headers({ "x-forwarded-proto": "https" });
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
const roleOf = (headers: Record<string, string>) => access.identify(new Headers(headers), "").role;
const cookieOf = (secret: string) => access.signIn(secret, new Headers(), "")?.cookie.split(";")[0] ?? "";

describe("identify", () => {
  it("is admin without configured keys, and null without a credential where keys are configured", () => {
    expect(createAccess({ apiKeys: [], trustedProxies: [] }).identify(new Headers(), "").role).toBe("admin");
    expect(roleOf({})).toBeNull();
  });

  it("accepts a key as Bearer token, as Basic password, and as all that Basic has", () => {
    expect(roleOf({ authorization: "Bearer read-only-secret" })).toBe("read");
    expect(roleOf({ authorization: "bearer the-chief-secret" })).toBe("admin");
    expect(roleOf({ authorization: basic("anyone:read-only-secret") })).toBe("read");
    expect(roleOf({ authorization: basic("read-only-secret") })).toBe("read");
    expect(roleOf({ authorization: basic("admin:pass-word") })).toBe("write");
  });

  it.each([
    "Bearer",
    "Bearer ",
    "Bearer  read-only-secret",
    "Bearer read-only-secre",
    "Bearer read-only-secret2",
    "read-only-secret",
    basic("read-only-secret:"),
    `Bearer ${basic("a:read-only-secret").slice(6)}`,
    `Bearer ${"x".repeat(10_000)}`,
    "Bearer é",
    "Bearer read-only-secret, Bearer read-only-secret",
    "Digest read-only-secret",
  ])("rejects %j", (authorization) => {
    expect(roleOf({ authorization })).toBeNull();
  });

  it("prefers an Authorization header over a cookie, valid or not", () => {
    const cookie = cookieOf("the-chief-secret");
    expect(roleOf({ cookie })).toBe("admin");
    expect(roleOf({ cookie, authorization: "Bearer read-only-secret" })).toBe("read");
    expect(roleOf({ cookie, authorization: "Bearer nothing" })).toBeNull();
  });
});

describe("the session cookie", () => {
  it("has no secret, and is hidden from scripts and other sites", () => {
    const { cookie = "" } = proxied.signIn("the-chief-secret", https, "127.0.0.1") ?? {};
    expect(cookie).not.toContain("the-chief-secret");
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    expect(access.signIn("nothing", https, "127.0.0.1")).toBeNull();
  });

  it("ends when its key is removed, when the secret changes, and when it expires", () => {
    const cookie = cookieOf("the-chief-secret");
    expect(
      createAccess({ apiKeys: KEYS.slice(0, 2), trustedProxies: [] }).identify(new Headers({ cookie }), "").role,
    ).toBeNull();
    const changed = KEYS.map((key) => (key.name === "chief" ? { ...key, secret: "another-secret" } : key));
    expect(
      createAccess({ apiKeys: changed, trustedProxies: [] }).identify(new Headers({ cookie }), "").role,
    ).toBeNull();
    expect(roleOf({ cookie: cookie.replace(/\.[0-9]+\./, ".1.") })).toBeNull();
  });

  it("is rejected where it is forged, repeated or signed with another key", () => {
    const [reader, chief] = [cookieOf("read-only-secret"), cookieOf("the-chief-secret")];
    const signature = reader.split(".")[2];
    const name = chief.split(".")[0];
    const expiry = reader.split(".")[1];
    for (const cookie of [
      `${name}.${expiry}.${signature}`,
      `${reader}; ${chief}`,
      `${chief}x`,
      chief.slice(0, -1),
      `${name}.9999999999.`,
      "vitrine_session=",
    ]) {
      expect(roleOf({ cookie })).toBeNull();
    }
    expect(roleOf({ cookie: `a=b; ${chief}; c=d` })).toBe("admin");
  });
});

describe("a server with API keys", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startHttpServer({ apiKeys: KEYS });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const signIn = (form: Record<string, string>) =>
    server.fetch("/api/sign-in", { method: "POST", body: new URLSearchParams(form) });

  it("requires a key for everything but health and readiness", async () => {
    for (const path of ["/api/health", "/api/ready"]) expect((await server.fetch(path)).status).toBe(200);
    for (const path of [
      "/api/trpc/artifact.list",
      "/api/trpc/flow.count",
      "/api/artifacts/key/health/1/data",
      "/api/artifacts/018f2f3e-0000-7000-8000-000000000000/data",
    ]) {
      const response = await server.fetch(path);
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    }
    expect((await server.post("artifact.create", "{}")).status).toBe(401);
  });

  it("permits each role its procedures", async () => {
    expect((await server.post("artifact.count", "{}", bearer("read-only-secret"))).status).toBe(200);
    expect((await server.post("artifact.create", "{}", bearer("read-only-secret"))).status).toBe(403);
    expect((await server.post("artifact.create", "{}", bearer("admin:pass-word"))).status).toBe(200);
    expect((await server.post("trash.purge", '{"all":true}', bearer("admin:pass-word"))).status).toBe(403);
    expect((await server.post("trash.purge", '{"all":true}', bearer("the-chief-secret"))).status).toBe(200);
  });

  it.each([
    "/",
    "/artifacts",
    "/artifacts?type=table",
    "/sign-inn",
    "/_next/data/x.json",
    "/artifacts/x.rsc",
    "/artifacts/x.segments/y",
  ])("redirects %s to the sign-in page, whatever the headers", async (path) => {
    const attempts: Record<string, string>[] = [
      {},
      { rsc: "1" },
      { "next-router-prefetch": "1" },
      { "x-middleware-subrequest": "middleware" },
      { cookie: "vitrine_session=x" },
    ];
    for (const headers of attempts) {
      const response = await server.fetch(path, { headers });
      expect([response.status, await response.text()]).toEqual([303, ""]);
      expect(response.headers.get("location")).toMatch(/^\/sign-in/);
    }
    expect((await server.fetch(path, { headers: bearer("read-only-secret") })).status).toBe(200);
  });

  it("serves the sign-in page and its assets without a key", async () => {
    for (const path of ["/sign-in", "/sign-in?error=1", "/_next/static/chunks/a.js", "/favicon.ico"])
      expect((await server.fetch(path)).status).toBe(200);
    expect((await server.fetch("/_next/static/../../artifacts%2F")).status).not.toBe(200);
    for (const path of ["/icon.png", "/apple-icon-1.png", "/robots.txt", "/manifest.webmanifest"])
      expect((await server.fetch(path)).status).toBe(200);
    const others = ["/sign-in/x", "/x/sign-in", "/_next/static/", "/x/_next/static/a.js", "/icon/x", "/x/favicon.ico"];
    for (const path of [...others, "/favicon-ico", "/robots-txt", "/robots.txt/x", "/manifest-webmanifest"])
      expect((await server.fetch(path)).status, path).toBe(303);
    expect((await server.fetch("/")).headers.get("location")).toBe("/sign-in");
    expect((await server.fetch(`/${"x".repeat(1000)}`)).headers.get("location")).toBe("/sign-in");
  });

  it("signs in and out with a form", async () => {
    const signed = await signIn({ key: "the-chief-secret", next: "/artifacts?type=table" });
    expect([signed.status, signed.headers.get("location")]).toEqual([303, "/artifacts?type=table"]);
    const cookie = signed.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await server.fetch("/artifacts", { headers: { cookie } })).status).toBe(200);
    expect((await server.fetch("/api/trpc/artifact.count", { headers: { cookie } })).status).toBe(200);
    const out = await server.fetch("/api/sign-out", { method: "POST", headers: { cookie, origin: server.origin } });
    expect([out.status, out.headers.get("location")]).toEqual([303, "/sign-in"]);
    expect(out.headers.get("set-cookie")).toMatch(/^vitrine_session=; Max-Age=0;/);
  });

  it("signs out a session of a program before 0.2 everywhere", async () => {
    const signed = await signIn({ key: "read-only-secret" });
    const cookie = signed.headers.get("set-cookie")?.split(";")[0]?.split(".").slice(0, 3).join(".") ?? "";
    const status = async () => (await server.fetch("/api/trpc/artifact.count", { headers: { cookie } })).status;
    expect(await status()).toBe(200);
    await server.fetch("/api/sign-out", { method: "POST", headers: { cookie, origin: server.origin } });
    expect(await status()).toBe(401);
    const ended = await server.db.execute<{ id: string }>("select id from ended_session where id like '%.%'");
    expect(ended.map(({ id }) => `vitrine_session=${id}`)).toContain(cookie.split(".").slice(0, 2).join("."));
  });

  it("redirects a wrong key back to the form, and rejects other content", async () => {
    const back = await signIn({ key: "wrong", next: "/trash" });
    expect([back.headers.get("location"), back.headers.get("set-cookie")]).toEqual([
      "/sign-in?error=1&next=%2Ftrash",
      null,
    ]);
    expect((await server.fetch("/api/sign-in")).status).toBe(405);
    expect((await server.fetch("/api/sign-in", { method: "POST", body: '{"key":"x"}' })).status).toBe(415);
    expect((await signIn({ key: "x".repeat(20_000) })).status).toBe(413);
  });
});

it.each([
  "//evil",
  "/\\evil",
  "https:evil",
  "javascript:alert(1)",
  "/%0d%0a/../..//evil",
  "/a\r\nSet-Cookie: x=y",
  "/..//evil",
  "evil",
  "",
  "/api/health",
  "/api",
  "/sign-in",
  "/sign-in/x",
])("never redirects a sign-in to %j", (next) => {
  expect(localPath(next)).toBe("/");
});

it.each(["/", "/artifacts?type=table&x=%20", "/apix", "/sign-in-help", "/a/api"])(
  "redirects a sign-in to %j",
  (next) => {
    expect(localPath(next)).toBe(next);
  },
);

it("a server without keys says that it ignores the key of a request, a server with keys never", async () => {
  await using open = await startHttpServer();
  await using closed = await startHttpServer({ apiKeys: KEYS });
  const noteOf = async (server: TestServer, path: string, headers: Record<string, string>) =>
    (await server.fetch(path, { headers })).headers.get("x-vitrine-api-key");
  for (const path of ["/api/trpc/flow.count", "/api/trpc/artifact.read?input=%7B%7D", "/api/artifacts/nothing"]) {
    expect(await noteOf(open, path, { authorization: "Bearer for-another-server" })).toBe("ignored");
    expect(await noteOf(open, path, {})).toBeNull();
    for (const secret of ["read-only-secret", "wrong"]) {
      expect(await noteOf(closed, path, { authorization: `Bearer ${secret}` })).toBeNull();
    }
  }
});
