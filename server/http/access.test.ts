import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";
import { createAccess } from "./access";
import { localPath } from "./sign-in";

const KEYS = [
  { name: "reader", role: "read" as const, secret: "read-only-secret" },
  { name: "writer", role: "write" as const, secret: "admin:pass-word" },
  { name: "chief", role: "admin" as const, secret: "the-chief-secret" },
];
const access = createAccess({ apiKeys: KEYS });
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;
const roleOf = (headers: Record<string, string>) => access.roleOf(new Headers(headers));
const cookieOf = (secret: string) => access.signIn(secret, false)?.split(";")[0] ?? "";

describe("credentials", () => {
  test("without keys everyone is admin, with keys nobody is anything without one", () => {
    expect(createAccess({ apiKeys: [] }).roleOf(new Headers())).toBe("admin");
    expect(roleOf({})).toBeNull();
  });

  test("a key is sent as Bearer, as a Basic password, or as the whole of a Basic pair", () => {
    expect(roleOf({ authorization: "Bearer read-only-secret" })).toBe("read");
    expect(roleOf({ authorization: "bearer the-chief-secret" })).toBe("admin");
    expect(roleOf({ authorization: basic("anyone:read-only-secret") })).toBe("read");
    expect(roleOf({ authorization: basic("admin:pass-word") })).toBe("write");
  });

  test.each([
    "Bearer",
    "Bearer ",
    "Bearer  read-only-secret",
    "Bearer read-only-secre",
    "Bearer read-only-secret2",
    "read-only-secret",
    basic("read-only-secret"),
    basic("read-only-secret:"),
    `Bearer ${basic("a:read-only-secret").slice(6)}`,
    `Bearer ${"x".repeat(10_000)}`,
    "Bearer é",
    "Bearer read-only-secret, Bearer read-only-secret",
    "Digest read-only-secret",
  ])("%j is no key", (authorization) => {
    expect(roleOf({ authorization })).toBeNull();
  });

  test("a key that is sent goes before a cookie, valid or not", () => {
    const cookie = cookieOf("the-chief-secret");
    expect(roleOf({ cookie })).toBe("admin");
    expect(roleOf({ cookie, authorization: "Bearer read-only-secret" })).toBe("read");
    expect(roleOf({ cookie, authorization: "Bearer nothing" })).toBeNull();
  });
});

describe("the cookie", () => {
  test("holds no secret, and keeps away from scripts and other sites", () => {
    const cookie = access.signIn("the-chief-secret", true) ?? "";
    expect(cookie).not.toContain("the-chief-secret");
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    expect(access.signIn("nothing", true)).toBeNull();
  });

  test("dies with its key, with a change of the secret, and with its end", () => {
    const cookie = cookieOf("the-chief-secret");
    expect(createAccess({ apiKeys: KEYS.slice(0, 2) }).roleOf(new Headers({ cookie }))).toBeNull();
    const changed = KEYS.map((key) => (key.name === "chief" ? { ...key, secret: "another-secret" } : key));
    expect(createAccess({ apiKeys: changed }).roleOf(new Headers({ cookie }))).toBeNull();
    expect(roleOf({ cookie: cookie.replace(/\.[0-9]+\./, ".1.") })).toBeNull();
  });

  test("forged, doubled or of another key, it is nothing", () => {
    const [reader, chief] = [cookieOf("read-only-secret"), cookieOf("the-chief-secret")];
    const signature = reader.split(".")[2];
    const name = chief.split(".")[0];
    const ends = reader.split(".")[1];
    for (const cookie of [
      `${name}.${ends}.${signature}`,
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

describe("a server with keys", () => {
  let door: TestServer;
  beforeAll(async () => {
    door = await startHttpServer({ apiKeys: KEYS });
  });
  afterAll(() => door[Symbol.asyncDispose]());

  const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
  const signIn = (form: Record<string, string>) =>
    door.fetch("/api/sign-in", { method: "POST", body: new URLSearchParams(form) });

  test("answers nothing but health and readiness without one", async () => {
    for (const path of ["/api/health", "/api/ready"]) expect((await door.fetch(path)).status).toBe(200);
    for (const path of [
      "/api/trpc/artifact.list",
      "/api/trpc/flow.count",
      "/api/artifacts/key/health/1/data",
      "/api/artifacts/018f2f3e-0000-7000-8000-000000000000/data",
    ]) {
      const answer = await door.fetch(path);
      expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
    }
    expect((await door.post("artifact.create", "{}")).status).toBe(401);
  });

  test("lets each role do what it may", async () => {
    expect((await door.post("artifact.count", "{}", bearer("read-only-secret"))).status).toBe(200);
    expect((await door.post("artifact.create", "{}", bearer("read-only-secret"))).status).toBe(403);
    expect((await door.post("artifact.create", "{}", bearer("admin:pass-word"))).status).toBe(200);
    expect((await door.post("trash.purge", '{"all":true}', bearer("admin:pass-word"))).status).toBe(403);
    expect((await door.post("trash.purge", '{"all":true}', bearer("the-chief-secret"))).status).toBe(200);
  });

  test.each([
    "/",
    "/artifacts",
    "/artifacts?type=table",
    "/sign-inn",
    "/_next/data/x.json",
    "/artifacts/x.rsc",
    "/artifacts/x.segments/y",
  ])("sends %s to sign in, whatever the headers", async (path) => {
    const tries: Record<string, string>[] = [
      {},
      { rsc: "1" },
      { "next-router-prefetch": "1" },
      { "x-middleware-subrequest": "middleware" },
      { cookie: "vitrine_session=x" },
    ];
    for (const headers of tries) {
      const answer = await door.fetch(path, { headers });
      expect([answer.status, await answer.text()]).toEqual([303, ""]);
      expect(answer.headers.get("location")).toMatch(/^\/sign-in/);
    }
    expect((await door.fetch(path, { headers: bearer("read-only-secret") })).status).toBe(200);
  });

  test("shows the page to sign in, and what it is made of, to everyone", async () => {
    for (const path of ["/sign-in", "/sign-in?error=1", "/_next/static/chunks/a.js", "/favicon.ico"])
      expect((await door.fetch(path)).status).toBe(200);
    expect((await door.fetch("/_next/static/../../artifacts%2F")).status).not.toBe(200);
  });

  test("signs in and out with a form", async () => {
    const signed = await signIn({ key: "the-chief-secret", next: "/artifacts?type=table" });
    expect([signed.status, signed.headers.get("location")]).toEqual([303, "/artifacts?type=table"]);
    const cookie = signed.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect((await door.fetch("/artifacts", { headers: { cookie } })).status).toBe(200);
    expect((await door.fetch("/api/trpc/artifact.count", { headers: { cookie } })).status).toBe(200);
    const out = await door.fetch("/api/sign-out", { method: "POST", headers: { cookie, origin: door.origin } });
    expect([out.status, out.headers.get("location")]).toEqual([303, "/sign-in"]);
    expect(out.headers.get("set-cookie")).toMatch(/^vitrine_session=; Max-Age=0;/);
  });

  test("sends a wrong key back, and takes no other form", async () => {
    const back = await signIn({ key: "wrong", next: "/trash" });
    expect([back.headers.get("location"), back.headers.get("set-cookie")]).toEqual([
      "/sign-in?error=1&next=%2Ftrash",
      null,
    ]);
    expect((await door.fetch("/api/sign-in")).status).toBe(405);
    expect((await door.fetch("/api/sign-in", { method: "POST", body: '{"key":"x"}' })).status).toBe(415);
    expect((await signIn({ key: "x".repeat(20_000) })).status).toBe(413);
  });
});

test.each([
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
  "/sign-in",
])("a sign-in never leads to %j", (next) => {
  expect(localPath(next)).toMatch(/^\/(?!\/|api|sign-in)[\x21-\x7e]*$/);
});
