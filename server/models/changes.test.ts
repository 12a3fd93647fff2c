import { setMaxListeners } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ChangeMessage } from "#contract/changes";
import { createChanges, MAX_WATCHERS } from "./changes";

const changed = (...keys: string[]): ChangeMessage => ({ type: "changed", kinds: ["artifact"], keys });

/** A watcher that is read word by word. */
function watcher(changes: ReturnType<typeof createChanges>, keys?: string[], signal?: AbortSignal) {
  const words = changes.watch({ keys }, signal)[Symbol.asyncIterator]();
  return { next: async () => (await words.next()).value as ChangeMessage | undefined, words }; // done gives undefined
}

test("sends at most twenty messages a second", async () => {
  const changes = createChanges(null);
  const words: ChangeMessage[] = [];
  const left = new AbortController();
  const reading = (async () => {
    for await (const word of changes.watch(undefined, left.signal)) words.push(word);
  })();
  const begun = performance.now();
  let created = 0;
  while (performance.now() - begun < 500) {
    changes.changed(changed(`key-${created++ % 100}`));
    await turn();
  }
  left.abort();
  await reading;
  expect(created).toBeGreaterThan(100);
  // The first word, the first hint, and one every 50 ms.
  expect(words.length).toBeLessThanOrEqual(2 + 10);
  expect(words.length).toBeGreaterThan(2);
});

test("merges messages for a watcher that does not read, and too many into a resync", async () => {
  const changes = createChanges(null);
  const { next } = watcher(changes);
  const probe = watcher(changes);
  expect([await next(), await probe.next()]).toEqual([{ type: "resync" }, { type: "resync" }]);
  for (const key of ["a", "b", "a"]) {
    changes.changed(changed(key));
    await probe.next();
  }
  expect(await next()).toEqual(changed("a", "b"));
  for (let i = 0; i < 20; i++) {
    changes.changed(changed(...Array.from({ length: 100 }, (_, n) => `${i}-${n}`)));
    await probe.next();
  }
  expect(await next()).toEqual({ type: "resync" });
});

test("a watcher that leaves in any way makes room for another", async () => {
  const changes = createChanges(null);
  const left = new AbortController();
  setMaxListeners(0, left.signal);
  const full = () => Array.from({ length: MAX_WATCHERS }, () => watcher(changes, undefined, left.signal));
  const [first] = full();
  const refused = expect.objectContaining({ code: "SERVICE_UNAVAILABLE" });
  expect(() => watcher(changes)).toThrow(refused);
  await first?.words.return?.();
  watcher(changes, undefined, left.signal);
  expect(() => watcher(changes)).toThrow(refused);
  left.abort();
  full();
  watcher(createChanges(null), undefined, left.signal);
  expect(await watcher(createChanges(null), undefined, left.signal).next()).toBeUndefined();
});

test("shutdown ends every watcher and accepts none", async () => {
  const changes = createChanges(null);
  const { words } = watcher(changes);
  await words.next();
  const waiting = words.next();
  changes.end();
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  expect(() => changes.watch()).toThrow(expect.objectContaining({ code: "SERVICE_UNAVAILABLE" }));
});

test("a watcher since a position begins with what changed after it", async () => {
  const changes = createChanges(null);
  const start = changes.position();
  const unchanged = changes.watch({ since: start })[Symbol.asyncIterator]();
  const first = unchanged.next();
  changes.changed(changed("a"));
  // Not the resync of a watcher without a position.
  expect((await first).value).toEqual(changed("a"));
  const since = async (since: string, keys?: string[]) =>
    (await changes.watch({ since, keys })[Symbol.asyncIterator]().next()).value;
  expect(await since(start)).toEqual(changed("a"));
  expect(await since(start, ["a"])).toEqual(changed("a"));
  expect(await since("another-process.0")).toEqual({ type: "resync" });
});

test("changes of pins, which name no key, reach a watcher of everything, whatever its role reaches, and not one of keys", async () => {
  const changes = createChanges(null);
  const start = changes.position();
  const watch = (keys?: string[], reach?: string) =>
    changes.watch({ since: start, keys }, undefined, undefined, reach)[Symbol.asyncIterator]().next();
  const firsts = [watch(), watch(undefined, "b*"), watch(["a"])];
  const pins: ChangeMessage = { type: "changed", kinds: ["pin"], keys: [] };
  changes.changed(pins);
  expect([(await firsts[0])?.value, (await firsts[1])?.value]).toEqual([pins, pins]);
  changes.changed(changed("a"));
  expect((await firsts[2])?.value).toEqual(changed("a"));
});
