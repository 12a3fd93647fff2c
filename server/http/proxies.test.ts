import { describe, expect, it } from "vitest";
import { startHttpServer } from "#test/http-server";
import { createProxies } from "./proxies";

const TRUSTED = ["10.0.0.0/8", "192.0.2.7", "2001:db8:aaaa::/48"];
const { addressOf, isHttps } = createProxies(TRUSTED);
const forwarded = (value: string) => new Headers({ "x-forwarded-for": value });
const proto = (value: string) => new Headers({ "x-forwarded-proto": value });

describe("addressOf", () => {
  it.each([
    ["no header from a proxy", "", "10.1.2.3", "10.1.2.3"],
    ["the client of a proxy", "203.0.113.5", "10.1.2.3", "203.0.113.5"],
    ["the rightmost untrusted address", "1.1.1.1, 203.0.113.5, 192.0.2.7", "10.1.2.3", "203.0.113.5"],
    ["proxies only", "10.9.9.9, 192.0.2.7", "10.1.2.3", "10.9.9.9"],
    ["text that is not an address", "203.0.113.5, unknown", "10.1.2.3", "10.1.2.3"],
    ["ports and brackets", "[2001:db8:1:2:3::4]:443, 192.0.2.7:80", "10.1.2.3", "2001:db8:1:2::/64"],
    ["an IPv6 proxy", "203.0.113.5", "2001:db8:aaaa::1", "203.0.113.5"],
    ["an IPv4-mapped proxy", "203.0.113.5", "::ffff:10.1.2.3", "203.0.113.5"],
    ["an untrusted connection", "203.0.113.5", "198.51.100.9", "198.51.100.9"],
    ["an untrusted IPv6 connection", "203.0.113.5", "2001:DB8:0:00ff::1%eth0", "2001:db8:0:ff::/64"],
    ["zeros that an IPv6 address leaves out", "", "2001:db8::1:2:3:4:5", "2001:db8:0:1::/64"],
    ["loopback, which is not listed", "203.0.113.5", "127.0.0.1", "127.0.0.1"],
    ["IPv6 loopback", "", "::1", "0:0:0:0::/64"],
    ["an unknown connection", "203.0.113.5", "", ""],
  ])("%s", (_, header, connection, address) => {
    expect(addressOf(forwarded(header), connection)).toBe(address);
  });

  it("reads no header without trusted proxies", () => {
    expect(createProxies([]).addressOf(forwarded("203.0.113.5"), "10.1.2.3")).toBe("10.1.2.3");
  });
});

it("isHttps is what a trusted proxy says of the first connection", () => {
  expect(isHttps(proto("https"), "10.1.2.3")).toBe(true);
  expect(isHttps(proto("https, http"), "10.1.2.3")).toBe(true);
  expect(isHttps(proto("http"), "10.1.2.3")).toBe(false);
  expect(isHttps(new Headers(), "10.1.2.3")).toBe(false);
  expect(isHttps(proto("https"), "198.51.100.9")).toBe(false);
});

describe("a server", () => {
  const headers = { "x-forwarded-for": "203.0.113.5", "x-forwarded-proto": "https" };
  const apiKeys = [{ name: "ann", role: "read" as const, secret: "a-secret-of-ann" }];
  const bearer = { authorization: "Bearer a-secret-of-ann" };
  const asPage = async (response: Response) => JSON.parse((await response.text()).slice("page ".length));

  it("ignores what an untrusted address forwards", async () => {
    await using server = await startHttpServer();
    const page = await server.fetch("/artifacts", { headers: { ...headers, "x-caller": "mine" } });
    expect(page.headers.has("strict-transport-security")).toBe(false);
    expect(await asPage(page)).toMatchObject({ "x-caller": "127.0.0.1", "x-forwarded-proto": "http" });
  });

  it("takes the client from a trusted proxy, and a credential before an address", async () => {
    await using server = await startHttpServer({ trustedProxies: ["127.0.0.1/32"], apiKeys });
    const page = await server.fetch("/artifacts", { headers: { ...headers, ...bearer } });
    expect(await asPage(page)).toMatchObject({ "x-caller": "key:ann", "x-forwarded-proto": "https" });
    const signIn = await server.fetch("/sign-in", { headers });
    expect(await asPage(signIn)).toMatchObject({ "x-caller": "203.0.113.5" });
  });

  it("tells browsers to stay with HTTPS, and limits cookies to it, where a trusted proxy uses it", async () => {
    await using server = await startHttpServer({ trustedProxies: ["127.0.0.1"], apiKeys });
    await using direct = await startHttpServer({ apiKeys });
    const body = () => new URLSearchParams({ key: "a-secret-of-ann" });
    for (const path of ["/api/health", "/api/trpc/artifact.list", "/artifacts", "/sign-in"]) {
      const response = await server.fetch(path, { headers });
      expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
    }
    expect((await server.fetch("/api/health")).headers.has("strict-transport-security")).toBe(false);
    const secure = await server.fetch("/api/sign-in", { method: "POST", body: body(), headers });
    expect(secure.headers.get("set-cookie")).toMatch(/; Secure$/);
    const plain = await direct.fetch("/api/sign-in", { method: "POST", body: body(), headers });
    expect(plain.headers.get("set-cookie")).not.toContain("Secure");
  });
});
