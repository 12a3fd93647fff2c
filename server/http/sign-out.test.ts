import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createChanges } from "#server/models/changes";
import { sweep } from "#server/models/purge";
import { concerns, isResync, openChangeStream } from "#test/change-stream";
import { serve, startHttpServer, type TestServer } from "#test/http-server";

const apiKeys = [
  { name: "ann", role: "write" as const, secret: "a-secret-of-ann" },
  { name: "bob", role: "write" as const, secret: "a-secret-of-bob" },
];

type Server = Pick<TestServer, "fetch" | "post" | "origin">;
let first: TestServer;
/** A process of its own on the same database. */
let second: Server & AsyncDisposable;
beforeAll(async () => {
  first = await startHttpServer({ apiKeys });
  second = await serve({ pools: first.connect().pools, changes: createChanges(null) }, { apiKeys });
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
});

async function signIn(server: Server, name = "ann"): Promise<string> {
  const body = new URLSearchParams({ key: `a-secret-of-${name}` });
  const response = await server.fetch("/api/sign-in", { method: "POST", body });
  return response.headers.get("set-cookie")?.split(";")[0] ?? "";
}

async function signOut(server: Server, cookie: string): Promise<number> {
  const headers = { cookie, origin: server.origin };
  return (await server.fetch("/api/sign-out", { method: "POST", headers })).status;
}

async function statusOf(server: Server, cookie: string): Promise<number> {
  return (await server.fetch("/api/trpc/artifact.count", { headers: { cookie } })).status;
}

/** A cookie as programs before 0.2 made them. */
function olderCookie(expires: number): string {
  const key = createHash("sha256").update("vitrine session a-secret-of-ann").digest();
  const signature = createHmac("sha256", new Uint8Array(key)).update(`ann ${expires}`).digest("base64url");
  return `vitrine_session=${Buffer.from("ann").toString("base64url")}.${expires}.${signature}`;
}

it("ends the session in this process at once, and in others within a second", async () => {
  const [cookie, other] = [await signIn(first), await signIn(first)];
  expect([await statusOf(first, cookie), await statusOf(second, cookie)]).toEqual([200, 200]);
  expect(await signOut(first, cookie)).toBe(303);
  expect(await statusOf(first, cookie)).toBe(401);
  expect((await first.fetch("/artifacts", { headers: { cookie } })).headers.get("location")).toMatch(/^\/sign-in/);
  await expect.poll(() => statusOf(second, cookie), { timeout: 1_000, interval: 20 }).toBe(401);
  // Another session of the same key and second goes on.
  expect([await statusOf(first, other), await statusOf(second, other)]).toEqual([200, 200]);
});

it("cuts open streams of the session within a second, in this process and in others", async () => {
  const [cookie, other] = [await signIn(first), await signIn(first)];
  const watch = async (server: Server, cookie: string) => {
    const stream = await openChangeStream(server.origin, undefined, { cookie });
    await stream.next(isResync);
    return stream;
  };
  await using own = await watch(first, cookie);
  await using elsewhere = await watch(second, cookie);
  await using remaining = await watch(second, other);
  await signOut(first, cookie);
  const begun = performance.now();
  expect(await Promise.all([own.ended, elsewhere.ended])).toEqual([expect.any(String), expect.any(String)]);
  expect(performance.now() - begun).toBeLessThan(1_000);
  await second.post("artifact.create", '{"key":"seen"}', { cookie: other, origin: second.origin });
  await remaining.next(concerns("seen"));
});

it("holds after a restart", async () => {
  const cookie = await signIn(first);
  await signOut(first, cookie);
  await using started = await serve({ pools: first.pools, changes: createChanges(null) }, { apiKeys });
  expect(await statusOf(started, cookie)).toBe(401);
});

it("ends what an older program would accept of the cookie", async () => {
  // Of a key without other sessions: an older program has one identity for those of one second.
  const cookie = await signIn(first, "bob");
  const older = cookie.split(".").slice(0, 3).join(".");
  expect(await statusOf(first, older)).toBe(200);
  await signOut(first, cookie);
  expect(await statusOf(first, older)).toBe(401);
});

it("ends a session of an older program, which is accepted until then", async () => {
  const cookie = olderCookie(Math.floor(Date.now() / 1000) + 86_400);
  expect(await statusOf(first, cookie)).toBe(200);
  await signOut(first, cookie);
  expect(await statusOf(first, cookie)).toBe(401);
  await expect.poll(() => statusOf(second, cookie), { timeout: 1_000, interval: 20 }).toBe(401);
});

it("does nothing with a forged session, and is repeated without harm", async () => {
  const cookie = await signIn(first);
  const [name, expires, older, , signature] = cookie.split(".");
  const forged = [name, expires, older, "another-id", signature].join(".");
  expect(await statusOf(first, forged)).toBe(401);
  expect(await signOut(first, forged)).toBe(303);
  expect(await statusOf(first, cookie)).toBe(200);
  expect([await signOut(first, cookie), await signOut(first, cookie)]).toEqual([303, 303]);
});

it("is forgotten once the session would have expired", async () => {
  await first.db.execute("insert into ended_session (id, expires) values ('old', now() - interval '1 second')");
  await sweep(first.db, { trash: 30, audit: 0 });
  expect(await first.db.execute("select from ended_session where id = 'old'")).toHaveLength(0);
  expect((await first.db.execute("select from ended_session")).length).toBeGreaterThan(0);
});
