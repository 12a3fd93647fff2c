import { expect, test } from "vitest";
import { BlobDamaged, BlobMissing, BlobStoreError } from "./store";

test("errors are those of any evaluation of the module, as pages have one of their own", async () => {
  const path = "./store?again";
  const other: typeof import("./store") = await import(/* @vite-ignore */ path);
  expect(other.BlobDamaged).not.toBe(BlobDamaged);
  expect(new other.BlobMissing("x")).toBeInstanceOf(BlobMissing);
  expect(new other.BlobDamaged("x")).toBeInstanceOf(BlobDamaged);
  expect(new other.BlobDamaged("x")).toBeInstanceOf(BlobStoreError);
  expect(new other.BlobStoreError("full", "A message.")).not.toBeInstanceOf(BlobDamaged);
});
