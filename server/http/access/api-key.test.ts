import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiKeyCreate } from "#contract/api-key";
import { VitrineError } from "#contract/error";
import { createChanges } from "#server/models/changes";
import { sweep } from "#server/models/purge";
import { type Caller, callerOn } from "#test/caller";
import { isResync, openChangeStream } from "#test/change-stream";
import { serve, startHttpServer, type TestServer } from "#test/http-server";
import { openEventSocket } from "#test/prefect/event-socket";

const CHIEF = "the-chief-secret";
const apiKeys = [{ name: "chief", role: "admin" as const, secret: CHIEF }];

type Server = Omit<TestServer, "db" | "pools" | "connect">;
let first: TestServer;
/** A process of its own on the same database. */
let second: Server;
/** One that requires no credential. */
let open: Server;
let admin: Caller;
beforeAll(async () => {
  first = await startHttpServer({ apiKeys });
  second = await serve({ pools: first.connect().pools, changes: createChanges(null) }, { apiKeys });
  open = await serve({ pools: first.pools, changes: createChanges(null) });
  admin = callerOver(first, bearer(CHIEF));
});
afterAll(async () => {
  for (const server of [open, second, first]) await server[Symbol.asyncDispose]();
});

let count = 0;
const create = (input: Partial<ApiKeyCreate> = {}) =>
  admin.apiKey.create({ name: `key ${++count}`, role: "write", ...input });

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

/** Calls procedures over HTTP. */
function callerOver(server: Server, headers: Record<string, string>): Caller {
  const call = async (procedure: string, input: unknown = {}) => {
    const reply = await server.post(procedure, JSON.stringify(input), headers);
    const { result, error } = await reply.json();
    if (error) throw new VitrineError(error.data.code, error.message, error.data);
    return result.data;
  };
  const verbsOf = (noun: string) =>
    new Proxy({}, { get: (_, verb) => (input: unknown) => call(`${noun}.${String(verb)}`, input) });
  // What the server returns has the types of the procedures.
  return new Proxy({}, { get: (_, noun) => verbsOf(String(noun)) }) as Caller;
}

/** The status and the message of a query, or of a write. */
async function response(server: Server, headers: Record<string, string>, procedure = "artifact.count") {
  const reply = procedure.endsWith("create")
    ? await server.post(procedure, '{"key":"written"}', { origin: server.origin, ...headers })
    : await server.fetch(`/api/trpc/${procedure}`, { headers });
  const body = await reply.json();
  return { status: reply.status, message: body.error?.message, note: reply.headers.get("x-vitrine-api-key") };
}

async function signIn(server: Server, secret: string): Promise<string> {
  const reply = await server.fetch("/api/sign-in", { method: "POST", body: new URLSearchParams({ key: secret }) });
  return reply.headers.get("set-cookie")?.split(";")[0] ?? "";
}

const within = { timeout: 1_500, interval: 20 };

describe("an API key of the database", () => {
  it("is shown once, stored as a digest, and listed without its secret after those of the environment", async () => {
    const created = await create({ name: "etl", role: "write", expires: "2199-01-01T00:00:00Z", reason: "Nightly" });
    expect(created).toMatchObject({ name: "etl", role: "write", keys: null, createdBy: "chief", lastUsed: null });
    expect(created.secret).toMatch(/^vitrine_[0-9A-Za-z]{43}$/);
    const listed = await admin.apiKey.list();
    expect(listed[0]).toMatchObject({ id: null, name: "chief", role: "admin", hint: null });
    const { secret, ...row } = created;
    expect(listed).toContainEqual({ ...row, hint: secret.slice(0, 12) });
    const stored = await first.db.execute("select k::text as row from api_key k union all select e::text from event e");
    expect(JSON.stringify(stored)).not.toContain(secret.slice(12));
  });

  it("works in this process at once, in others within a second, as Bearer, Basic and session", async () => {
    const { secret, name } = await create();
    expect((await response(first, bearer(secret))).status).toBe(200);
    await expect.poll(async () => (await response(second, bearer(secret))).status, within).toBe(200);
    const basic = { authorization: `Basic ${Buffer.from(`any:${secret}`).toString("base64")}` };
    expect((await response(first, basic, "artifact.create")).status).toBe(200);
    const cookie = await signIn(first, secret);
    for (const server of [first, second]) {
      expect((await response(server, { cookie }, "artifact.create")).status).toBe(200);
      expect((await response(server, { cookie }, "apiKey.list")).status).toBe(403);
    }
    const [event] = await admin.event.list({ where: { key: "written" }, limit: 1 });
    expect(event?.actor).toMatchObject({ kind: "key", name });
    expect((await second.fetch("/artifacts", { headers: { cookie } })).status).toBe(200);
  });

  it("is revoked at once in this process, within a second in others, with its sessions, streams and sockets", async () => {
    const { id, secret } = await create();
    await expect.poll(async () => (await response(second, bearer(secret))).status, within).toBe(200);
    const cookie = await signIn(first, secret);
    const watch = async (server: Server, headers: Record<string, string>) => {
      const stream = await openChangeStream(server.origin, undefined, headers);
      await stream.next(isResync);
      return stream;
    };
    await using own = await watch(first, bearer(secret));
    await using ofSession = await watch(first, { cookie });
    await using elsewhere = await watch(second, bearer(secret));
    const socket = await openEventSocket(second.origin);
    await socket.authenticate(secret);
    await using other = await watch(second, bearer(CHIEF));
    const closed = new Promise<number>((resolve) => socket.socket.once("close", resolve));
    expect(await admin.apiKey.revoke({ id })).toMatchObject({ revokedBy: "chief" });
    const refused = { status: 401, message: "This API key was revoked; use another one." };
    expect(await response(first, bearer(secret))).toMatchObject(refused);
    expect((await response(first, { cookie })).status).toBe(401);
    expect(await signIn(first, secret)).toBe("");
    const begun = performance.now();
    await Promise.all([own.ended, ofSession.ended, elsewhere.ended]);
    expect(await closed).toBe(1008);
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(await response(second, bearer(secret))).toMatchObject(refused);
    await second.post("artifact.create", '{"key":"after"}', bearer(CHIEF));
    await other.next(({ type }) => type === "changed");
    const before = (await admin.apiKey.list()).find((key) => key.id === id);
    expect(await admin.apiKey.revoke({ id })).toEqual(before);
  });

  it("ends by its expiry, with its streams, and works again once that is moved", async () => {
    const { id, secret } = await create({ expires: new Date(Date.now() + 800).toISOString() });
    const stream = await openChangeStream(first.origin, undefined, bearer(secret));
    expect(await stream.ended).toEqual(expect.any(String));
    expect(await response(first, bearer(secret))).toMatchObject({
      status: 401,
      message: "This API key has expired; use another one.",
    });
    await admin.apiKey.update({ id, expires: null });
    expect((await response(first, bearer(secret))).status).toBe(200);
  });

  it("has a new role at once, in open streams too", async () => {
    const { id, secret } = await create({ role: "write" });
    const cookie = await signIn(first, secret);
    const stream = await openChangeStream(first.origin, undefined, bearer(secret));
    expect(await admin.apiKey.update({ id, role: "read" })).toMatchObject({ role: "read", expires: null });
    await stream.ended;
    expect((await response(first, bearer(secret), "artifact.create")).status).toBe(403);
    expect((await response(first, { cookie }, "artifact.create")).status).toBe(403);
    expect((await response(first, { cookie })).status).toBe(200);
  });

  it("reaches the keys of its patterns alone, in the response after they changed", async () => {
    for (const key of ["reports/one", "other"]) await admin.artifact.create({ key });
    const { id, secret } = await create({ keys: "reports/*" });
    const { collection, apiKey } = callerOver(first, bearer(secret));
    const keysOf = async () => (await collection.list()).map(({ key }) => key);
    expect(await keysOf()).toEqual(["reports/one"]);
    await expect(apiKey.list()).rejects.toMatchObject({ code: "FORBIDDEN" });
    const cookie = await signIn(first, secret);
    await admin.apiKey.update({ id, role: "admin" });
    for (const headers of [bearer(secret), { cookie }]) {
      expect((await response(first, headers, "apiKey.list")).status).toBe(403);
    }
    expect(await admin.apiKey.update({ id, keys: null })).toMatchObject({ role: "admin", keys: null });
    expect(await keysOf()).toContain("other");
    expect((await response(first, { cookie }, "apiKey.list")).status).toBe(200);
    await admin.apiKey.revoke({ id });
  });

  it("records each change, and when it was used last", async () => {
    const { id, name, secret } = await create({ reason: "For a test" });
    await admin.apiKey.update({ id, role: "read" });
    await response(first, bearer(secret));
    const used = async () => (await admin.apiKey.list()).find((key) => key.id === id)?.lastUsed;
    await expect.poll(used, within).toEqual(expect.any(String));
    expect(Date.now() - Date.parse((await used()) ?? "")).toBeLessThan(5_000);
    await admin.apiKey.revoke({ id, reason: "Done" });
    const verbs = ["apiKey.create", "apiKey.update", "apiKey.revoke"];
    const events = await admin.event.list({ where: { verbs }, limit: 3 });
    expect(events.map(({ verb, actor, reason, before, after }) => [verb, actor?.name, reason, before, after])).toEqual([
      ["apiKey.revoke", "chief", "Done", { id, name, role: "read", expires: null }, null],
      [
        "apiKey.update",
        "chief",
        null,
        expect.objectContaining({ role: "write" }),
        expect.objectContaining({ role: "read" }),
      ],
      ["apiKey.create", "chief", "For a test", null, { id, name, role: "write", expires: null }],
    ]);
  });

  it("is deleted 90 days after it was revoked", async () => {
    const { id } = await create();
    await admin.apiKey.revoke({ id });
    const find = async () => (await admin.apiKey.list()).filter((key) => key.id === id);
    await first.db.execute(`update api_key set revoked = revoked - interval '89 days' where id = '${id}'`);
    await sweep(first.db, { trash: 0, audit: 0 });
    expect(await find()).toHaveLength(1);
    await first.db.execute(`update api_key set revoked = revoked - interval '2 days' where id = '${id}'`);
    await sweep(first.db, { trash: 0, audit: 0 });
    expect(await find()).toHaveLength(0);
  });
});

describe("invalid input", () => {
  it.each([
    [{ name: "" }, "name"],
    [{ name: " spaced" }, "name"],
    [{ name: "x".repeat(65) }, "name"],
    [{ name: "line\nbreak" }, "name"],
    [{ role: "owner" }, "role"],
    [{ expires: "tomorrow" }, "expires"],
    [{ expires: "2020-01-01T00:00:00Z" }, "expires"],
    [{ keys: 7 }, "keys"],
    [{ keys: "" }, "keys"],
    [{ keys: "Reports/*" }, "keys"],
    [{ reason: "" }, "reason"],
  ])("%j is a BAD_REQUEST that names the field", async (input, field) => {
    const body = JSON.stringify({ name: "invalid", role: "read", ...input });
    const reply = await first.post("apiKey.create", body, bearer(CHIEF));
    expect([reply.status, (await reply.json()).error.message]).toEqual([400, expect.stringContaining(`"${field}"`)]);
  });

  it("names are used once, until their key is revoked, and unknown ids are not found", async () => {
    const { id, name } = await create();
    await expect(create({ name })).rejects.toMatchObject({ code: "CONFLICT", details: { field: "name" } });
    await expect(create({ name: "chief" })).rejects.toMatchObject({ code: "CONFLICT" });
    await admin.apiKey.revoke({ id });
    await expect(admin.apiKey.update({ id, role: "read" })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await create({ name })).id).not.toBe(id);
    const unknown = { id: "018f2f3e-0000-7000-8000-000000000000" };
    await expect(admin.apiKey.revoke(unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(admin.apiKey.update(unknown)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const twice = await Promise.allSettled([create({ name: "race" }), create({ name: "race" })]);
    expect(twice.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("the session of a key of the database", () => {
  it("is rejected where it is forged, also by what the database has of the key", async () => {
    const { id, secret } = await create();
    const cookie = await signIn(first, secret);
    const [value = "", expiry = "", session = "", signature = ""] = cookie.split(".");
    expect(value).toBe(`vitrine_session=${id}`);
    const later = String(Number(expiry) + 1);
    const [key] = await first.db.execute<{ digest: string; verifier: string }>(
      `select encode(digest, 'base64') as digest, encode(verifier, 'base64') as verifier from api_key where id = '${id}'`,
    );
    for (const parts of [
      [value, later, session, signature],
      [value, expiry, "another", signature],
      [value, expiry, session, signature.slice(0, -2)],
      [value, expiry, session, ""],
      [value, expiry, session, key?.digest],
      [value, expiry, session, key?.verifier],
      [value, "1", session, signature],
      [value, expiry, session, signature, signature],
    ]) {
      expect((await response(first, { cookie: parts.join(".") })).status, parts.join(".")).toBe(401);
    }
    expect((await response(first, { cookie })).status).toBe(200);
  });

  it("ends by signing out, in every process, and no other session of the key does", async () => {
    const { secret } = await create();
    const [cookie, other] = [await signIn(first, secret), await signIn(first, secret)];
    await first.fetch("/api/sign-out", { method: "POST", headers: { cookie, origin: first.origin } });
    expect((await response(first, { cookie })).status).toBe(401);
    await expect.poll(async () => (await response(second, { cookie })).status, within).toBe(401);
    expect((await response(first, { cookie: other })).status).toBe(200);
  });
});

it("a server that requires no credential accepts a key with its role, and refuses a revoked one", async () => {
  const { id, secret } = await create({ role: "read" });
  await expect.poll(async () => (await response(open, bearer(secret), "apiKey.list")).status, within).toBe(403);
  expect(await response(open, bearer(secret))).toMatchObject({ status: 200, note: null });
  expect(await response(open, bearer("of-another-server"))).toMatchObject({ status: 200, note: "ignored" });
  expect(await response(open, {}, "apiKey.list")).toMatchObject({ status: 200, note: null });
  await callerOver(open, {}).apiKey.revoke({ id });
  expect(await response(open, bearer(secret))).toMatchObject({ status: 401, note: null });
});

it("a server that requires no credential treats the token of a socket as the key of a request", async () => {
  const reader = await create({ role: "read" });
  const writer = await create();
  const known = async ({ secret }: { secret: string }) => (await response(open, bearer(secret), "apiKey.list")).status;
  await expect.poll(async () => [await known(reader), await known(writer)], within).toEqual([403, 403]);
  const refusal = async (token: string) => {
    const client = await openEventSocket(open.origin);
    client.authenticate(token);
    return (await client.closed).reason;
  };
  expect(await refusal(reader.secret)).toBe('Requires the role "write"; yours is "read".');
  const clients = [await openEventSocket(open.origin), await openEventSocket(open.origin)];
  for (const [index, token] of [writer.secret, "of-another-server"].entries()) {
    expect(await clients[index]?.authenticate(token)).toEqual({ type: "auth_success" });
  }
  await callerOver(open, {}).apiKey.revoke({ id: writer.id });
  expect(await clients[0]?.closed).toMatchObject({ code: 1008, reason: "The credential is not valid any more" });
  expect(await refusal(writer.secret)).toBe("This API key was revoked; use another one.");
  await clients[1]?.close();
});

describe("VITRINE_AUTH=keys without keys in the environment", () => {
  it("keeps one key with the role admin", async () => {
    await using strict = await startHttpServer({ auth: "keys" });
    expect((await response(strict, {})).status).toBe(401);
    const { id, secret } = await callerOn(strict).apiKey.create({ name: "root", role: "admin" });
    const { apiKey } = callerOver(strict, bearer(secret));
    await expect.poll(async () => (await response(strict, bearer(secret))).status, within).toBe(200);
    const last = { code: "CONFLICT", message: expect.stringContaining('"root" is the last API key') };
    await expect(apiKey.revoke({ id })).rejects.toMatchObject(last);
    await expect(apiKey.update({ id, role: "write" })).rejects.toMatchObject(last);
    const soon = new Date(Date.now() + 600).toISOString();
    await apiKey.create({ name: "limited", role: "admin", keys: "a*" });
    await expect(apiKey.update({ id, keys: "a*" })).rejects.toMatchObject(last);
    await apiKey.create({ name: "deputy", role: "admin", expires: soon });
    await expect.poll(() => Date.now() > Date.parse(soon), within).toBe(true);
    await expect(apiKey.revoke({ id })).rejects.toMatchObject(last);
    await apiKey.create({ name: "heir", role: "admin" });
    expect(await apiKey.revoke({ id })).toMatchObject({ revoked: expect.any(String) });
    expect((await response(strict, bearer(secret))).status).toBe(401);
  });
});
