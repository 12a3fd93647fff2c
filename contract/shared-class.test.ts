import { expect, test } from "vitest";
import { VitrineError } from "./error";
import { shareClass } from "./shared-class";

test("an error of another evaluation of its module is an instance of its class", async () => {
  const path = "./error?again";
  const other: typeof import("./error") = await import(/* @vite-ignore */ path);
  expect(other.VitrineError).not.toBe(VitrineError);
  expect(new other.VitrineError("CONFLICT", "A message.")).toBeInstanceOf(VitrineError);
  expect(new VitrineError("CONFLICT", "A message.")).toBeInstanceOf(other.VitrineError);
  expect(new Error("A message.")).not.toBeInstanceOf(VitrineError);
});

test("an instance of a class is none of its subclasses", () => {
  class Shared {}
  class Special extends Shared {}
  shareClass(Shared, "test");
  expect(new Special()).toBeInstanceOf(Shared);
  expect(new Shared()).not.toBeInstanceOf(Special);
  expect(new Special()).toBeInstanceOf(Special);
  expect([null, undefined, "text"].filter((value) => (value as unknown) instanceof Shared)).toEqual([]);
});
