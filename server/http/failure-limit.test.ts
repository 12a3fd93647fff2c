import { describe, expect, it, vi } from "vitest";
import { startHttpServer, type TestServer } from "#test/http-server";
import { openEventSocket } from "#test/prefect/event-socket";
import { FailureLimit, MAX_FAILURES } from "./access/failure-limit";

const apiKeys = [{ name: "ann", role: "admin" as const, secret: "a-secret-of-ann" }];
const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const from = (address: string) => ({ "x-forwarded-for": address });

/** Sends as many invalid keys as an address may. */
async function exhaust(server: TestServer, address: string): Promise<void> {
  const send = () => server.fetch("/api/trpc/artifact.count", { headers: { ...bearer("wrong"), ...from(address) } });
  const responses = await Promise.all(Array.from({ length: MAX_FAILURES }, send));
  expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([401]));
}

describe("a server", () => {
  it("tells an address with many invalid keys to wait, in every API, and accepts a valid key from it", async () => {
    await using server = await startHttpServer({ apiKeys, trustedProxies: ["127.0.0.1"] });
    await exhaust(server, "203.0.113.1");
    const get = (path: string, headers: object, address = "203.0.113.1") =>
      server.fetch(path, { headers: { ...from(address), ...headers } });
    const message = expect.stringContaining("Too many invalid API keys");
    const trpc = await get("/api/trpc/artifact.count", bearer("wrong"));
    expect([trpc.status, Number(trpc.headers.get("retry-after"))]).toEqual([429, expect.any(Number)]);
    expect(Number(trpc.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await trpc.json()).toMatchObject({ error: { message, data: { code: "TOO_MANY_REQUESTS" } } });
    for (const path of ["/api/flows/count", "/api/backup", "/api/artifacts/key/a/1/data"]) {
      const response = await get(path, bearer("wrong"));
      expect([response.status, response.headers.has("retry-after")]).toEqual([429, true]);
      expect(await response.json()).toMatchObject({ code: "TOO_MANY_REQUESTS", message });
    }
    const page = await get("/artifacts", bearer("wrong"));
    expect([page.status, page.headers.has("retry-after"), await page.text()]).toEqual([429, true, message]);

    expect((await get("/api/trpc/artifact.count", bearer("a-secret-of-ann"))).status).toBe(200);
    expect((await get("/api/trpc/artifact.count", {})).status).toBe(401);
    expect((await get("/api/trpc/artifact.count", bearer("wrong"), "203.0.113.2")).status).toBe(401);
  });

  it("limits sign-ins with the same count, and signs in with a valid key", async () => {
    await using server = await startHttpServer({ apiKeys, trustedProxies: ["127.0.0.1"] });
    await exhaust(server, "203.0.113.1");
    const signIn = (key: string, headers = {}) =>
      server.fetch("/api/sign-in", {
        method: "POST",
        headers: { ...from("203.0.113.1"), ...headers },
        body: new URLSearchParams({ key, next: "/trash" }),
      });
    const browser = await signIn("wrong", { accept: "text/html,*/*" });
    expect([browser.status, browser.headers.has("retry-after")]).toEqual([429, true]);
    expect(browser.headers.get("refresh")).toBe("0; url=/sign-in?error=limit&next=%2Ftrash");
    expect(await (await signIn("wrong")).json()).toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect((await signIn("a-secret-of-ann")).headers.get("location")).toBe("/trash");
  });

  it("counts the keys of sockets with those of requests", async () => {
    await using server = await startHttpServer({ apiKeys, trustedProxies: ["127.0.0.1"] });
    await exhaust(server, "203.0.113.1");
    const open = (address: string) =>
      openEventSocket(server.origin, "/api/events/in", { headers: { ...bearer("wrong"), ...from(address) } });
    await expect(open("203.0.113.1")).rejects.toThrow("429");
    await expect(open("203.0.113.2")).rejects.toThrow("401");
  });

  it("does not believe addresses that an untrusted client forwards", async () => {
    await using server = await startHttpServer({ apiKeys });
    await exhaust(server, "203.0.113.1");
    const headers = { ...bearer("wrong"), ...from("203.0.113.2") };
    expect((await server.fetch("/api/trpc/artifact.count", { headers })).status).toBe(429);
  });
});

describe("FailureLimit", () => {
  it("starts again after a minute, and reports an address once a minute", () => {
    vi.useFakeTimers();
    const limited: string[] = [];
    const limit = new FailureLimit((address) => limited.push(address));
    for (let round = 1; round <= 2; round++) {
      for (let n = 0; n < MAX_FAILURES; n++) expect(limit.count("a")).toBe(0);
      vi.advanceTimersByTime(20_000);
      expect([limit.count("a"), limit.count("a")]).toEqual([40, 40]);
      expect(limit.count("b")).toBe(0);
      expect(limited).toEqual(Array.from({ length: round }, () => "a"));
      vi.advanceTimersByTime(40_000);
    }
    vi.useRealTimers();
  });

  it("keeps 10,000 addresses at most, and forgets the oldest", () => {
    const limit = new FailureLimit(() => {});
    const exhaustOne = (address: string) => {
      for (let n = 0; n < MAX_FAILURES; n++) limit.count(address);
    };
    exhaustOne("first");
    for (let n = 0; n < 5_000; n++) limit.count(`${n}`);
    expect(limit.count("first")).toBeGreaterThan(0);
    for (let n = 0; n < 10_001; n++) limit.count(`more-${n}`);
    expect(limit.count("first")).toBe(0);
  });
});
