import { expect, test } from "vitest";
import { openFaultyProxy } from "#test/faulty-proxy";
import { startHttpServer } from "#test/http-server";
import { connect } from "./connect";

test("yields resync first, then changes, and resync again after a lost connection", async () => {
  await using server = await startHttpServer();
  const vitrine = connect({ url: server.origin });
  await using proxy = await openFaultyProxy(server.origin);
  const stop = new AbortController();
  const messages: unknown[] = [];
  for await (const message of connect({ url: proxy.url }).changes.watch({ keys: ["seen"] }, { signal: stop.signal })) {
    messages.push(message);
    if (messages.length === 1) {
      await vitrine.json("not-seen", 1);
      await vitrine.json("seen", 1);
    }
    if (messages.length === 2) proxy.disconnect();
    if (messages.length === 3) stop.abort();
  }
  expect(messages).toEqual([
    { type: "resync" },
    { type: "changed", kinds: ["artifact"], keys: ["seen"] },
    { type: "resync" },
  ]);
});

test("rejects when the server rejects the request or cannot be reached at first", async () => {
  await using server = await startHttpServer({
    apiKeys: [{ name: "ann", role: "read", secret: "a-secret-of-some-length" }],
  });
  const first = (options: object) =>
    connect({ url: server.origin, ...options })
      .changes.watch()
      .next();
  await expect(first({ apiKey: "wrong" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await first({ apiKey: "a-secret-of-some-length" })).toEqual({ done: false, value: { type: "resync" } });
  await expect(first({ url: "http://127.0.0.1:1", retries: 0 })).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
});
