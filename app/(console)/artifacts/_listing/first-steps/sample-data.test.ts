import { expect, it } from "vitest";
import { ArtifactCreateMany } from "#contract/artifact";
import { sampleArtifacts } from "./sample-data";

it("is small, accepted by the API, and says of every version that it is sample data", () => {
  const items = sampleArtifacts();
  expect(ArtifactCreateMany.safeParse({ items }).error).toBeUndefined();
  expect(JSON.stringify(items).length).toBeLessThan(16_384);
  for (const { key, description, metadata } of items) {
    expect([key, description]).toEqual([expect.stringMatching(/^sample-/), expect.stringMatching(/^Sample data: /)]);
    expect(metadata).toMatchObject({ sample: true });
  }
});

it("has one key of each kind, and two versions to compare of most", () => {
  const versions: Record<string, number> = {};
  for (const { type } of sampleArtifacts()) versions[type ?? ""] = (versions[type ?? ""] ?? 0) + 1;
  expect(versions).toEqual({ table: 3, number: 12, markdown: 2, json: 2, progress: 1, link: 1 });
});
