import { expect, test } from "vitest";
import { processSingleton } from "./process-singleton";

test("returns one object a name, also from a module that is evaluated again", async () => {
  const first = processSingleton("test-a", () => ({ count: 0 }));
  first.count = 7;
  const path = "./process-singleton?again";
  const again: typeof import("./process-singleton") = await import(/* @vite-ignore */ path);
  expect(again.processSingleton).not.toBe(processSingleton);
  expect(again.processSingleton("test-a", () => ({ count: 0 }))).toBe(first);
  expect(processSingleton("test-b", () => ({ count: 1 }))).toEqual({ count: 1 });
});
