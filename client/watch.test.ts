import { expect, test } from "vitest";
import { between } from "#test/faulty-proxy";
import { openDoor } from "#test/http-server";
import { connect } from "./connect";

test("changes are told as they happen, resync first, and again after the connection broke", async () => {
  await using door = await openDoor();
  const vitrine = connect({ url: door.origin });
  await using way = await between(door.origin);
  const left = new AbortController();
  const words: unknown[] = [];
  for await (const word of connect({ url: way.url }).changes.watch({ keys: ["seen"] }, { signal: left.signal })) {
    words.push(word);
    if (words.length === 1) {
      await vitrine.json("not-seen", 1);
      await vitrine.json("seen", 1);
    }
    if (words.length === 2) way.cut();
    if (words.length === 3) left.abort();
  }
  expect(words).toEqual([
    { word: "resync" },
    { word: "changed", kinds: ["artifact"], keys: ["seen"] },
    { word: "resync" },
  ]);
});

test("a watch that is refused says so, and one that finds nobody gives up", async () => {
  await using door = await openDoor({ apiKeys: [{ name: "ann", role: "read", secret: "a-secret-of-some-length" }] });
  const first = (options: object) =>
    connect({ url: door.origin, ...options })
      .changes.watch()
      .next();
  await expect(first({ apiKey: "wrong" })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  expect(await first({ apiKey: "a-secret-of-some-length" })).toEqual({ done: false, value: { word: "resync" } });
  await expect(first({ url: "http://127.0.0.1:1", retries: 0 })).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
});
