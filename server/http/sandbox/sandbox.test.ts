import { rename } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createChanges } from "#server/models/changes";
import { readSecret } from "#server/models/secret";
import { blobFolder, sha256Of } from "#test/blobs/blob-folder";
import { serve, startHttpServer, type TestServer } from "#test/http-server";
import { readHtmlHead } from "./reporter";
import { createTokens } from "./token";

const apiKeys = [
  { name: "all", role: "admin" as const, secret: "all-secret" },
  { name: "some", role: "read" as const, secret: "some-secret", keys: "reports/*" },
];
const env = { apiKeys };

let blobs: Awaited<ReturnType<typeof blobFolder>>;
let server: TestServer;
beforeAll(async () => {
  blobs = await blobFolder();
  server = await startHttpServer(env, { blobs });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const ALL = bearer("all-secret");

const HTML = "<!-- made by a tool -->\n<!doctype html><title>Report</title><p>Größe";
const FILES: Record<string, [string, string]> = {
  "index.html": [HTML, "text/html"],
  "docs/index.html": ["<meta charset=latin1>", "text/html"],
  "a b/größe.js": ["export {};", "application/octet-stream"],
  "figure.svg": ["<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml"],
  "page.xhtml": ["<html xmlns='http://www.w3.org/1999/xhtml'/>", "application/xhtml+xml"],
  "wide.html": ["<script></script>", "text/html; charset=utf-16le"],
  "late.html": [`<!--${" ".repeat(5000)}--><!doctype html><p>`, "text/html"],
  "large.html": ["<p>".repeat(400_000), "text/html"],
  "video.bin": ["x".repeat(100_000), "application/octet-stream"],
};

async function publish(key: string): Promise<string> {
  const files = await Promise.all(
    Object.entries(FILES).map(async ([path, [text, mediaType]]) => {
      const bytes = Buffer.from(text);
      const sha256 = sha256Of(bytes);
      await server.fetch(`/api/blobs/${sha256}`, { method: "PUT", body: new Blob([bytes]), headers: ALL });
      return { path, mediaType, size: bytes.length, sha256 };
    }),
  );
  const response = await server.post("artifact.create", JSON.stringify({ key, type: "files", data: { files } }), ALL);
  return (await response.json()).result.data.id;
}

/** What a document without an origin sends. */
const OPAQUE = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", origin: "null" };

async function issue(id: string, headers: Record<string, string> = ALL): Promise<string> {
  const response = await server.fetch(`/api/artifacts/${id}/sandbox`, { headers });
  expect(response.status).toBe(200);
  return (await response.json()).url;
}

const get = (path: string, headers: Record<string, string> = OPAQUE, method = "GET") =>
  server.fetch(path, { method, headers: { "accept-encoding": "identity", ...headers } });
const statusOf = async (path: string) => (await get(path)).status;

describe("the files of a version by a link", () => {
  it("run in an origin of their own, without connections, and load each other", async () => {
    const url = await issue(await publish("reports/a"));
    const response = await get(url);
    const policy = response.headers.get("content-security-policy") ?? "";
    const own = `${new URL(server.origin).host}${url}`;
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).toMatch(/; sandbox allow-scripts$/);
    expect(policy).toContain("; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self' ");
    for (const kind of [
      "script-src 'unsafe-inline' 'unsafe-eval'",
      "style-src 'unsafe-inline'",
      "img-src",
      "font-src",
    ]) {
      expect(policy).toContain(`; ${kind} data: blob: ${own}`);
    }
    expect(policy).not.toMatch(/-src [^;]*(?:'self'|\*|https?:)/);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(response.headers.get("set-cookie")).toBeNull();
    const script = '<script src="/sandbox/-/report.js"></script>';
    expect(await response.text()).toBe(HTML.replace("<title>", `${script}<title>`));
    expect((await get(`${url}docs/`)).headers.get("content-type")).toBe("text/html");
    const folder = await get(`${url}docs`);
    expect([folder.status, folder.headers.get("location")]).toEqual([307, `${url}docs/`]);
    const module = await get(`${url}a%20b/gr%C3%B6%C3%9Fe.js?v=1`);
    expect([module.headers.get("content-type"), await module.text()]).toEqual(["text/javascript", "export {};"]);
    const part = await get(`${url}video.bin`, { ...OPAQUE, range: "bytes=99990-" });
    expect([part.status, part.headers.get("content-range"), (await part.text()).length]).toEqual([
      206,
      "bytes 99990-99999/100000",
      10,
    ]);
    const known = await get(url, { ...OPAQUE, "if-none-match": response.headers.get("etag") ?? "" });
    expect(known.status).toBe(304);
    expect((await get(url, OPAQUE, "HEAD")).status).toBe(200);
    expect(await statusOf("/sandbox/-/report.js")).toBe(200);
  });

  it("name no page that may show them to a frame of a document without an origin, which no policy can name", async () => {
    const url = await issue(await publish("reports/nested"));
    const policyOf = async (site: string, dest: string) =>
      (await get(url, { "sec-fetch-site": site, "sec-fetch-dest": dest })).headers.get("content-security-policy") ?? "";
    const nested = await policyOf("cross-site", "frame");
    expect(nested).toMatch(/; frame-src \S+\/sandbox\/\S+\/; .*; form-action 'none'; sandbox allow-scripts$/);
    const usual = nested.replace("; sandbox", `; frame-ancestors 'self' ${new URL(server.origin).host}; sandbox`);
    for (const [site, dest] of [
      ["same-origin", "iframe"],
      ["same-site", "iframe"],
      ["cross-site", "empty"],
    ] as const) {
      expect(await policyOf(site, dest)).toBe(usual);
    }
    expect(await policyOf("cross-site", "iframe")).toBe(nested);
  });

  it("run no scripts without the guard, and none in a window", async () => {
    const url = await issue(await publish("reports/scripts"));
    const scriptsOf = async (name: string) =>
      /; script-src ([^;]*);/.exec((await get(`${url}${name}`)).headers.get("content-security-policy") ?? "")?.[1];
    for (const name of ["figure.svg", "page.xhtml", "wide.html"]) {
      expect([name, await scriptsOf(name)]).toEqual([name, "'none'"]);
    }
    expect(await scriptsOf("late.html")).toMatch(/^'unsafe-inline' /);
    const late = await (await get(`${url}late.html`)).text();
    expect(late).toMatch(/^<!doctype html><script src="\/sandbox\/-\/report\.js"><\/script><!-- /);
    const inWindow = await get(url, {
      "sec-fetch-site": "none",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    });
    expect([inWindow.status, await inWindow.text()]).toEqual([
      403,
      "This is shown within a page of Vitrine only: open the report there.\n",
    ]);
  });

  it("are found by other spellings of their names", async () => {
    const url = await issue(await publish("reports/names"));
    for (const name of [
      "a%20b/gro%CC%88%C3%9Fe.js",
      "/a%20b//gr%C3%B6%C3%9Fe.js",
      "%61%20b/gr%C3%B6%C3%9Fe%2Ejs",
      "figure%2esvg",
    ]) {
      expect([name, await statusOf(`${url}${name}`)]).toEqual([name, 200]);
    }
    const { host } = new URL(server.origin);
    for (const name of [
      "a%00",
      "docs%2findex.html",
      "docs%5Cindex.html",
      "docs/../figure.svg",
      "docs/%2e%2e/figure.svg",
      "./figure.svg",
      "%",
    ]) {
      const raw = await server.raw(`GET ${url}${name} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect([name, raw.slice(9, 12)]).toEqual([name, "400"]);
    }
  });

  it("are not read for what has no body", async () => {
    const url = `${await issue(await publish("reports/unread"))}large.html`;
    const etag = (await get(url)).headers.get("etag") ?? "";
    await rename(join(blobs.folder, "store"), join(blobs.folder, "away"));
    const responses = await Promise.all([
      get(url, OPAQUE, "HEAD"),
      get(url, { ...OPAQUE, "if-none-match": etag }),
      get(url),
    ]);
    await rename(join(blobs.folder, "away"), join(blobs.folder, "store"));
    expect(responses.map(({ status }) => status)).toEqual([200, 304, 503]);
  });

  it("are no others, and nothing is written", async () => {
    const url = await issue(await publish("reports/b"));
    for (const path of [
      `${url}none.js`,
      `${url}video.bin/`,
      url.slice(0, -1),
      "/sandbox/",
      "/sandbox/-/x",
      `${url}.viewer/none/`,
      "/sandbox/x/y",
    ]) {
      expect([path, await statusOf(path)]).toEqual([path, 404]);
    }
    const [, text = "", signature = ""] = /^\/sandbox\/([^.]+)\.(.+)\/$/.exec(url) ?? [];
    const [id, credential, expires, page] = JSON.parse(Buffer.from(text, "base64url").toString());
    const forged = Buffer.from(JSON.stringify([id, credential, expires + 1, page])).toString("base64url");
    expect(await statusOf(`/sandbox/${forged}.${signature}/`)).toBe(404);
    expect(await statusOf(`${url}../${text}/`)).toBe(404);
    const post = await get(url, { origin: server.origin }, "POST");
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
    expect((await get(url, OPAQUE, "POST")).status).toBe(403);
    expect((await get("/api/artifacts/x/data", OPAQUE)).status).toBe(403);
  });

  it("need a credential to get the link, which counts at each use", async () => {
    const [inside, outside] = [await publish("reports/c"), await publish("other")];
    const path = `/api/artifacts/${outside}/sandbox`;
    expect((await server.fetch(path)).status).toBe(401);
    expect((await server.fetch(path, { headers: bearer("some-secret") })).status).toBe(404);
    expect((await server.fetch(path, { headers: { ...ALL, ...OPAQUE } })).status).toBe(403);
    const limited = await issue(inside, bearer("some-secret"));
    expect(await statusOf(limited)).toBe(200);
    const created = await server.post("apiKey.create", '{"name":"guest","role":"read"}', ALL);
    const { id: keyId, secret } = (await created.json()).result.data;
    const signedIn = await server.fetch("/api/sign-in", { method: "POST", body: new URLSearchParams({ key: secret }) });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const [byKey, bySession] = [await issue(outside, bearer(secret)), await issue(outside, { cookie })];
    expect([await statusOf(byKey), await statusOf(bySession)]).toEqual([200, 200]);
    await server.fetch("/api/sign-out", { method: "POST", headers: { cookie, origin: server.origin } });
    expect([await statusOf(byKey), await statusOf(bySession)]).toEqual([200, 403]);
    await server.post("apiKey.update", JSON.stringify({ id: keyId, keys: "reports/*" }), ALL);
    expect(await statusOf(byKey)).toBe(404);
    await server.post("apiKey.revoke", JSON.stringify({ id: keyId }), ALL);
    expect(await (await get(byKey)).text()).toBe("Who opened this link may no longer read: sign in again.\n");
    await server.post("artifact.remove", JSON.stringify({ id: inside }), ALL);
    expect(await statusOf(limited)).toBe(404);
    expect((await server.fetch(`/api/artifacts/${inside}/sandbox`, { headers: ALL })).status).toBe(404);
  });

  it("work on every server of the database for 10 minutes", async () => {
    const url = await issue(await publish("reports/d"));
    const options = { pools: server.connect().pools, changes: createChanges(null), blobs };
    await using second = await serve(options, env);
    await using other = await startHttpServer(env, { blobs });
    expect((await second.fetch(url, { headers: OPAQUE })).status).toBe(200);
    expect((await other.fetch(url, { headers: OPAQUE })).status).toBe(404);
    const tokens = createTokens(() => readSecret(server.db, "sandbox"));
    const grant = await tokens.read(url.split("/")[2] ?? "");
    if (!grant) throw new Error("the token is of this secret");
    expect(Math.abs(grant.expires - Date.now() / 1000 - 600)).toBeLessThan(10);
    expect(await statusOf(`/sandbox/${(await tokens.create(grant)).token}/`)).toBe(200);
    const expired = await get(`/sandbox/${(await tokens.create(grant, 0)).token}/`);
    expect(await expired.text()).toBe("This link worked for 10 minutes; load the report again.\n");
  });

  it("are at an origin of their own, where it is configured, with nothing else", async () => {
    const id = await publish("reports/e");
    const options = { pools: server.connect().pools, changes: createChanges(null), blobs };
    await using split = await serve(options, { ...env, sandboxOrigin: "http://files.example" });
    const issued = await split.fetch(`/api/artifacts/${id}/sandbox`, { headers: ALL });
    const { pathname, origin } = new URL((await issued.json()).url);
    expect(origin).toBe("http://files.example");
    const raw = (host: string, path: string) =>
      split.raw(
        `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer all-secret\r\nConnection: close\r\n\r\n`,
      );
    const served = await raw("files.example", pathname);
    expect(served).toMatch(/^HTTP\/1.1 200 /);
    expect(served).toContain(`frame-ancestors 'self' ${new URL(split.origin).host};`);
    for (const host of ["files.example.", "files.example:8443", "FILES.example"]) {
      expect(await raw(host, "/artifacts")).toMatch(/^HTTP\/1.1 404 /);
      expect(await raw(host, pathname)).toMatch(/^HTTP\/1.1 200 /);
    }
    expect(await raw("files.example", "/artifacts")).toMatch(/^HTTP\/1.1 404 /);
    expect(await raw("files.example", "/api/trpc/artifact.count")).toMatch(/^HTTP\/1.1 404 /);
    expect(await raw("{host}", pathname)).toMatch(/^HTTP\/1.1 404 /);
    expect((await split.fetch("/artifacts", { headers: ALL })).headers.get("content-security-policy")).toContain(
      "frame-src 'self' http://files.example;",
    );
  });
});

it("a link of any id that a version can have is read", async () => {
  const tokens = createTokens(async () => "secret");
  const read = async (artifact: string) => {
    const { token } = await tokens.create({ artifact, credential: ["none", "", ""], page: "" });
    return tokens.read(token);
  };
  expect((await read("12345678-1234-1234-1234-123456789abc"))?.artifact).toBe("12345678-1234-1234-1234-123456789abc");
  expect(await read("none")).toBeNull();
});

it.each<[string, string, number | null, boolean, boolean]>([
  ["<!doctype html><p>", "", 15, false, false],
  ["\xef\xbb\xbf <!-- a --> <!DOCTYPE html SYSTEM 'x'>\n<meta charset=utf-8>", "", 41, false, true],
  ["<p>", "; charset=latin1", 0, false, true],
  ["<?xml version='1.0'?><!doctype html><html>", "", 36, false, false],
  [`<!-- ${"a".repeat(5000)}`, "", 0, true, false],
  [`\xef\xbb\xbf<!-- ${"a".repeat(5000)}`, "", 3, true, false],
  ["\xff\xfe<\0", "", null, false, true],
  ["<\0", "; charset=UTF-16LE", null, false, true],
  ["<\0", "; charset=csUnicode", null, false, true],
])("document %# gets a script where it can have one", (text, parameter, at, isTypeLater, hasEncoding) => {
  expect(readHtmlHead(Buffer.from(text, "latin1"), `text/html${parameter}`)).toEqual({ at, isTypeLater, hasEncoding });
});
