import { expect, it, vi } from "vitest";
import type { SearchReason, SearchWhy } from "#contract/search";
import { ReasonStore } from "./reason-store";

const reason = (id: string): SearchReason => ({ id, matches: [], partial: false, read: true });

/** A store, what it loaded, and the next change of it. */
function storeOf(load: (ids: string[]) => SearchReason[]) {
  const loaded: SearchWhy[] = [];
  const store = new ReasonStore({ query: "rain" }, async (input) => {
    loaded.push(input);
    return { reasons: load(input.ids), pending: 0 };
  });
  const changed = () => new Promise<void>((resolve) => store.subscribe(resolve));
  return { store, loaded, changed };
}

it("loads what is wanted together, each once", async () => {
  const { store, loaded, changed } = storeOf((ids) => ids.map(reason));
  const first = changed();
  for (const id of ["a", "b", "a"]) store.want(id, "1");
  expect(store.reasonOf("a")).toBeUndefined();
  await first;
  expect(store.reasonOf("a")).toEqual(reason("a"));
  const second = changed();
  for (const id of ["b", "c"]) store.want(id, "1");
  await second;
  expect(loaded).toEqual([
    { query: "rain", ids: ["a", "b"] },
    { query: "rain", ids: ["c"] },
  ]);
});

it("asks for 200 at most in a request, and not again for what does not exist", async () => {
  const { store, loaded, changed } = storeOf((ids) => ids.slice(1).map(reason));
  const done = changed();
  for (let at = 0; at < 201; at += 1) store.want(`${at}`, "1");
  await done;
  store.want("0", "1");
  expect([store.reasonOf("0"), loaded.map(({ ids }) => ids.length)]).toEqual([null, [200, 1]]);
});

it("asks again after a failure, and for what was updated", async () => {
  const results = [null, "old", "new"];
  const { store, loaded, changed } = storeOf((ids) => {
    const result = results.shift();
    if (!result) throw new Error("The server is away.");
    return ids.map((id) => ({ ...reason(id), partial: result === "new" }));
  });
  store.want("a", "1");
  await expect.poll(() => loaded).toHaveLength(1);
  const first = changed();
  store.want("a", "1");
  await first;
  expect(store.reasonOf("a")).toMatchObject({ partial: false });
  const second = changed();
  store.want("a", "2");
  await second;
  expect(store.reasonOf("a")).toMatchObject({ partial: true });
});

it("asks again by itself after a failure, while rows are shown", async () => {
  vi.useFakeTimers();
  try {
    let isAway = true;
    const { store, loaded, changed } = storeOf((ids) => {
      if (isAway) throw new Error("The server is away.");
      return ids.map(reason);
    });
    const known = changed();
    store.want("a", "1");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(loaded.length).toBe(2);
    isAway = false;
    await vi.advanceTimersByTimeAsync(3_000);
    await known;
    expect(store.reasonOf("a")).toEqual(reason("a"));
  } finally {
    vi.useRealTimers();
  }
});
