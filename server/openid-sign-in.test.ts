import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createSigner } from "#server/http/access/signed-text";
import { createChanges } from "#server/models/changes";
import type { OpenId } from "#server/process/openid-env";
import { isResync, openChangeStream } from "#test/change-stream";
import { serve, startHttpServer, type TestServer } from "#test/http-server";
import { CLIENT, startProvider, type TestProvider } from "#test/openid-provider";

// One provider, and two servers on one database behind a proxy that browsers reach at this origin.
const ORIGIN = "http://vitrine.example";

type Server = Pick<TestServer, "fetch" | "post" | "origin">;
let provider: TestProvider;
let first: TestServer;
let second: Server & AsyncDisposable;
const apiKeys = [{ name: "ops", role: "admin" as const, secret: "a-secret-of-ops" }];
const roles = [
  { group: "staff", role: "read" as const },
  { group: "team:a", role: "write" as const },
  { group: "owners", role: "admin" as const },
  { group: "reports", role: "write" as const, keys: "reports/*" },
];

function openIdOf(issuer: string) {
  const optional = { groupsClaim: "groups", scopes: "openid profile email", name: "Example", hours: 24 };
  return { issuer, ...CLIENT, roles, ...optional, publicUrl: ORIGIN };
}

beforeAll(async () => {
  provider = await startProvider();
  provider.restart([`${ORIGIN}/sign-in/callback`]);
  const env = { apiKeys, openId: openIdOf(provider.issuer) };
  first = await startHttpServer(env);
  second = await serve({ pools: first.connect().pools, changes: createChanges(null) }, env);
});
afterAll(async () => {
  await second[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
});
beforeEach(() => {
  provider.isDown = false;
  provider.alter = undefined;
  provider.signsWithOtherKey = false;
  provider.accounts.clear();
  provider.accounts.set("ann", { name: "Ann", email: "ann@example.com", groups: ["other", "team:a", "staff"] });
});

/** A browser, which follows redirects between the provider and a server, and enters a name where it is asked for one. */
class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #server: Server;

  constructor(server: Server = first) {
    this.#server = server;
  }

  async get(url: string, form?: URLSearchParams): Promise<Response> {
    const { origin, pathname, search } = new URL(url);
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar);
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") };
    const response =
      origin === ORIGIN
        ? await this.#server.fetch(pathname + search, { headers })
        : await fetch(url, { headers, redirect: "manual", ...(form && { method: "POST", body: form }) });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === "") jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Signs in as somebody up to the redirect back to the server. @returns its URL */
  async begin(name: string, next = "/runs"): Promise<string> {
    let url = `${ORIGIN}/sign-in/openid?next=${encodeURIComponent(next)}`;
    for (let redirects = 0; redirects < 10; redirects++) {
      const response = await this.get(url);
      const location = response.headers.get("location");
      if (location === null && !url.includes("/form/")) throw new Error(`${url} is ${response.status}`);
      url = location === null ? `${url}?name=${name}` : new URL(location, url).href;
      if (url.startsWith(`${ORIGIN}/sign-in`)) return url;
    }
    throw new Error("too many redirects");
  }

  /** Signs in as somebody. @returns the path at which that ends */
  async signIn(name = "ann", next?: string): Promise<string> {
    return (await this.get(await this.begin(name, next))).headers.get("location") ?? "";
  }

  /** All cookies of the server. */
  get cookies(): string {
    return [...(this.#cookies.get(ORIGIN) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  get cookie(): string {
    return `vitrine_session=${this.#cookies.get(ORIGIN)?.get("vitrine_session")}`;
  }

  async call(server: Server, procedure = "artifact.count"): Promise<number> {
    return (await server.fetch(`/api/trpc/${procedure}`, { headers: { cookie: this.cookie } })).status;
  }
}

function startAnother(changed: Partial<Pick<OpenId, "roles">> = {}) {
  const env = { apiKeys, openId: { ...openIdOf(provider.issuer), ...changed } };
  return serve({ pools: first.connect().pools, changes: createChanges(null) }, env);
}

const asAdmin = { authorization: "Bearer a-secret-of-ops" };

async function people(): Promise<{ id: string; name: string; email: string; role: string; signedIn: string }[]> {
  const response = await first.fetch("/api/trpc/person.list", { headers: asAdmin });
  return JSON.parse(await response.text()).result.data;
}

async function personNamed(name: string) {
  const found = (await people()).find((each) => each.name === name);
  if (!found) throw new Error(`nobody is named ${name}`);
  return found;
}

it("signs a person in, who then writes under their name", async () => {
  const browser = new Browser();
  expect(await browser.signIn("ann", "/artifacts?type=table")).toBe("/artifacts?type=table");
  const created = await first.post("artifact.create", '{"key":"by-ann"}', {
    cookie: browser.cookie,
    origin: first.origin,
  });
  expect(created.status).toBe(200);
  const { id } = await personNamed("Ann");
  const events = await first.db.execute(
    `select e.verb, a.kind, a.name, e.after from event e join actor a on a.id = e.actor_id where a.id = '${id}' order by e.id`,
  );
  expect(events).toMatchObject([{ verb: "session.start", kind: "person", name: "Ann", after: { role: "write" } }]);
  expect(await first.db.execute("select created_by from artifact where key = 'by-ann'")).toEqual([{ created_by: id }]);
});

it("has a cookie that scripts and other sites do not get, and a form that never names a foreign site", async () => {
  const response = await new Browser().get(`${ORIGIN}/sign-in/openid?next=https://evil.example`);
  expect(response.headers.get("set-cookie")).toMatch(/; Path=\/sign-in; HttpOnly; SameSite=Lax$/);
  const url = new URL(response.headers.get("location") ?? "");
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: "code",
    code_challenge_method: "S256",
    scope: "openid profile email",
    redirect_uri: `${ORIGIN}/sign-in/callback`,
    state: expect.stringMatching(/^.{32,}$/),
    nonce: expect.stringMatching(/^.{32,}$/),
  });
  const browser = new Browser();
  expect(await browser.signIn("ann", "//evil.example")).toBe("/");
  const signedIn = await browser.get(await browser.begin("ann"));
  expect(signedIn.headers.get("set-cookie")).toMatch(/^vitrine_session=person\..+; Path=\/; HttpOnly; SameSite=Lax$/);
});

it.each([
  [["staff"], "read", [200, 403, 403]],
  [["staff", "team:a"], "write", [200, 200, 403]],
  [["owners", "staff"], "admin", [200, 200, 200]],
])("gives the groups %j the role %s", async (groups, role, statuses) => {
  provider.accounts.set("eve", { name: "Eve", groups });
  const browser = new Browser();
  await browser.signIn("eve");
  const headers = { cookie: browser.cookie, origin: first.origin };
  const { status } = await first.post("artifact.create", "{}", headers);
  expect([await browser.call(first), status, await browser.call(first, "person.count")]).toEqual(statuses);
  expect(await personNamed("Eve")).toMatchObject({ role, email: null });
});

it("limits a role to the keys of its groups", async () => {
  const statusesOf = async (groups: string[]) => {
    provider.accounts.set("rob", { name: "Rob", groups });
    const browser = new Browser();
    await browser.signIn("rob");
    const create = (key: string) =>
      first.post("artifact.create", JSON.stringify({ key }), { cookie: browser.cookie, origin: first.origin });
    return [(await create("reports/a")).status, (await create("sales")).status];
  };
  expect(await statusesOf(["staff", "reports"])).toEqual([200, 403]);
  expect(await statusesOf(["staff", "reports", "team:a"])).toEqual([200, 200]);
});

it("signs nobody in without a group that has a role, and keeps nothing of them", async () => {
  provider.accounts.set("bob", { name: "Bob", groups: ["team", "STAFF"] });
  const browser = new Browser();
  expect(await browser.signIn("bob")).toBe("/sign-in?error=role&next=%2Fruns");
  expect(await browser.call(first)).toBe(401);
  expect((await people()).map(({ name }) => name)).not.toContain("Bob");
});

it("refreshes name, e-mail and role at each sign-in, and ends sessions of the groups before", async () => {
  provider.accounts.set("joe", { name: "Joe", email: "joe@example.com", groups: ["owners"] });
  const [before, after, other] = [new Browser(), new Browser(), new Browser()];
  await before.signIn("joe");
  const { id } = await personNamed("Joe");
  expect(await before.call(second, "person.count")).toBe(200);
  provider.accounts.set("joe", { name: "Joseph\u0000 Doe", email: "j@example.com", groups: ["staff"] });
  await after.signIn("joe");
  await other.signIn("joe");
  expect(await personNamed("Joseph Doe")).toMatchObject({ id, role: "read", email: "j@example.com" });
  expect(await first.db.execute(`select name from actor where id = '${id}'`)).toEqual([{ name: "Joseph Doe" }]);
  await expect.poll(() => before.call(second), { timeout: 2_000, interval: 20 }).toBe(401);
  expect([await after.call(second), await other.call(second)]).toEqual([200, 200]);
});

it("is signed in on every server at once, and signed out on every server within a second", async () => {
  const browser = new Browser();
  await browser.signIn();
  const { cookie } = browser;
  expect([await browser.call(second), await browser.call(first)]).toEqual([200, 200]);
  await using stream = await openChangeStream(second.origin, undefined, { cookie });
  await stream.next(isResync);
  expect((await second.fetch("/artifacts", { headers: { cookie } })).status).toBe(200);
  await first.fetch("/api/sign-out", { method: "POST", headers: { cookie, origin: first.origin } });
  expect(await browser.call(first)).toBe(401);
  await expect.poll(() => browser.call(second), { timeout: 1_000, interval: 20 }).toBe(401);
  expect(await stream.ended).toEqual(expect.any(String));
  // A server that starts later has never seen the session.
  await using third = await startAnother();
  expect(await browser.call(third)).toBe(401);
  const rows = await first.db.execute("select verb from event where verb = 'session.end'");
  expect(rows).toHaveLength(1);
});

it("is signed out at the provider too, where that responds", async () => {
  const signOut = ({ cookie }: Browser, from: Server = first) =>
    from.fetch("/api/sign-out", { method: "POST", headers: { cookie, origin: from.origin } });
  const browser = new Browser();
  await browser.signIn();
  const response = await signOut(browser);
  expect(response.headers.get("set-cookie")).toMatch(/^vitrine_session=; Max-Age=0;/);
  const [, escaped = ""] = /content="0;url=([^"]+)"/.exec(await response.text()) ?? [];
  const url = new URL(escaped.replaceAll("&amp;", "&"));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: CLIENT.clientId,
    id_token_hint: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    post_logout_redirect_uri: `${ORIGIN}/sign-in`,
  });
  const form = await (await browser.get(url.href)).text();
  const [, confirm = "", xsrf = ""] = /action="([^"]+)".*name="xsrf" value="([^"]+)"/.exec(form) ?? [];
  const left = await browser.get(confirm, new URLSearchParams({ xsrf, logout: "yes" }));
  expect(left.headers.get("location")).toBe(`${ORIGIN}/sign-in`);
  await browser.signIn();
  provider.isDown = true;
  await using another = await startAnother();
  expect((await signOut(browser, another)).headers.get("location")).toBe("/sign-in");
});

it("keeps a session over a restart, but not the role of a group that has none any more", async () => {
  const browser = new Browser();
  await browser.signIn();
  const changed = async (roles: OpenId["roles"]) => {
    await using server = await startAnother({ roles });
    const headers = { cookie: browser.cookie, origin: server.origin };
    return [await browser.call(server), (await server.post("artifact.create", "{}", headers)).status];
  };
  expect(await changed(roles)).toEqual([200, 200]);
  expect(await changed([{ group: "staff", role: "read" }])).toEqual([200, 403]);
  expect(await changed([{ group: "owners", role: "admin" }])).toEqual([401, 401]);
});

it("ends the sessions of a deleted person, whose writes keep a neutral name", async () => {
  provider.accounts.set("kim", { name: "Kim", groups: ["team:a"] });
  const browser = new Browser();
  await browser.signIn("kim");
  const headers = { cookie: browser.cookie, origin: first.origin };
  const created = await (await first.post("artifact.create", '{"key":"by-kim"}', headers)).json();
  const link = await (await first.fetch(`/api/artifacts/${created.result.data.id}/sandbox`, { headers })).json();
  const { id } = await personNamed("Kim");
  expect([await browser.call(second), (await second.fetch(link.url)).status]).toEqual([200, 404]);
  expect((await first.post("person.remove", `{"id":"${id}","reason":"Has left"}`, asAdmin)).status).toBe(200);
  await expect.poll(() => browser.call(first), { timeout: 1_000, interval: 20 }).toBe(401);
  await expect.poll(() => browser.call(second), { timeout: 1_000, interval: 20 }).toBe(401);
  expect((await second.fetch(link.url)).status).toBe(403);
  expect(await first.db.execute(`select kind, name from actor where id = '${id}'`)).toEqual([
    { kind: "person", name: "Deleted person" },
  ]);
  const saved = await first.db.execute("select row_to_json(e)::text as row from event e where verb = 'person.remove'");
  expect(saved).toHaveLength(1);
  expect(JSON.stringify(saved)).not.toMatch(/kim/i);
  expect((await first.post("person.remove", `{"id":"${id}"}`, asAdmin)).status).toBe(404);
  // The same account is a new person.
  await browser.signIn("kim");
  expect((await personNamed("Kim")).id).not.toBe(id);
});

it.each<[string, (url: string, browser: Browser) => Promise<string> | string]>([
  ["a state of another attempt", (url) => url.replace(/state=[^&]+/, "state=another-state")],
  ["no state", (url) => url.replace(/state=[^&]+&?/, "")],
  [
    "the cookie of a later attempt",
    async (url, browser) => {
      await browser.begin("ann");
      return url;
    },
  ],
])("rejects %s as expired", async (_, change) => {
  const browser = new Browser();
  const url = await change(await browser.begin("ann"), browser);
  expect((await browser.get(url)).headers.get("location")).toMatch(/^\/sign-in\?error=expired/);
  expect(await browser.call(first)).toBe(401);
});

it.each<[string, (url: string) => string]>([
  ["another issuer", (url) => url.replace(/iss=[^&]+/, `iss=${encodeURIComponent("https://evil.example")}`)],
  ["no issuer", (url) => url.replace(/&iss=[^&]+/, "")],
  ["a code that the provider does not know any more", (url) => url.replace(/code=[^&]+/, "code=unknown")],
  ["an error of the provider", (url) => url.replace(/code=[^&]+/, "error=server_error")],
])("rejects %s", async (_, change) => {
  const browser = new Browser();
  const url = change(await browser.begin("ann"));
  expect((await browser.get(url)).headers.get("location")).toBe("/sign-in?error=rejected&next=%2Fruns");
  expect(await browser.call(first)).toBe(401);
});

it("accepts a state once, in one process and in any other, also where its cookie is kept", async () => {
  const browser = new Browser();
  const url = await browser.begin("ann");
  const { pathname, search } = new URL(url);
  const saved = browser.cookies;
  const send = (server: Server) => server.fetch(pathname + search, { headers: { cookie: saved } });
  const both = await Promise.all([send(first), send(second)]);
  const ends = both.map(({ headers }) => headers.get("location")).sort();
  expect(ends).toEqual(["/runs", "/sign-in?error=expired&next=%2Fruns"]);
  expect((await send(second)).headers.get("location")).toMatch(/error=expired/);
});

it.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
  ["another issuer", (claims) => ({ ...claims, iss: "https://evil.example" })],
  ["another client", (claims) => ({ ...claims, aud: "another" })],
  ["another nonce", (claims) => ({ ...claims, nonce: "another" })],
  ["no nonce", ({ nonce, ...claims }) => claims],
  ["no subject", ({ sub, ...claims }) => claims],
  ["a subject that is not the one of the user info", (claims) => ({ ...claims, sub: "subject-of-ops" })],
  ["an expiry in the past", (claims) => ({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 })],
  ["an unknown signature", (claims) => claims],
])("rejects an ID token with %s", async (title, alter) => {
  provider.alter = alter;
  provider.signsWithOtherKey = title === "an unknown signature";
  const browser = new Browser();
  expect(await browser.signIn()).toBe("/sign-in?error=rejected&next=%2Fruns");
  expect(await browser.call(first)).toBe(401);
});

it("rejects an attempt that took too long", async () => {
  const attempt = { state: "a", nonce: "b", verifier: "c", next: "/runs", expires: Math.floor(Date.now() / 1000) - 1 };
  const text = Buffer.from(JSON.stringify(attempt)).toString("base64url");
  const cookie = `vitrine_sign_in=${createSigner(CLIENT.clientSecret, "attempt to sign in").sign(text)}`;
  const response = await first.fetch("/sign-in/callback?state=a&code=d", { headers: { cookie } });
  expect(response.headers.get("location")).toBe("/sign-in?error=expired");
});

it("accepts the provider's new keys right after the old ones", async () => {
  expect(await new Browser().signIn()).toBe("/runs");
  provider.restart([`${ORIGIN}/sign-in/callback`]);
  expect(await new Browser().signIn()).toBe("/runs");
});

it("says that somebody was denied, and that the provider is down until it is up again", async () => {
  expect(await new Browser().signIn("")).toBe("/sign-in?error=denied&next=%2Fruns");
  const openId = openIdOf(provider.issuer);
  provider.isDown = true;
  await using started = await serve({ pools: first.connect().pools, changes: createChanges(null) }, { openId });
  const browser = new Browser(started);
  expect(await browser.begin("ann")).toBe(`${ORIGIN}/sign-in?error=unavailable&next=%2Fruns`);
  provider.isDown = false;
  expect(await browser.signIn()).toBe("/runs");
  const foreign = { openId: { ...openId, issuer: provider.issuer.replace("127.0.0.1", "localhost") } };
  await using other = await serve({ pools: first.connect().pools, changes: createChanges(null) }, foreign);
  expect(await new Browser(other).begin("ann")).toMatch(/error=unavailable/);
});

it("accepts no cookie that is forged or of another kind, and no other method", async () => {
  const browser = new Browser();
  await browser.signIn();
  const { cookie } = browser;
  const key = await first.fetch("/api/sign-in", {
    method: "POST",
    body: new URLSearchParams({ key: "a-secret-of-ops" }),
  });
  for (const forged of [
    cookie.slice(0, -1),
    `${cookie}x`,
    cookie.replace(/\.[^.]+$/, ""),
    cookie.replace(/person\.[^.]+/, "person.another"),
    "vitrine_session=person.",
    "vitrine_session=person..",
    `${cookie}; ${key.headers.get("set-cookie")?.split(";")[0]}`,
  ]) {
    expect((await first.fetch("/api/trpc/artifact.count", { headers: { cookie: forged } })).status).toBe(401);
  }
  for (const path of ["/sign-in/openid", "/sign-in/callback"]) {
    expect((await first.fetch(path, { method: "POST", headers: { origin: first.origin } })).status).toBe(405);
  }
  const server = await first.fetch("/sign-in/callback", { headers: { cookie: "vitrine_sign_in=e30.x" } });
  expect(server.headers.get("location")).toBe("/sign-in?error=expired");
});
