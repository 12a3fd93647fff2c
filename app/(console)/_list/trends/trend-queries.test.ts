import { expect, it } from "vitest";
import { createTrendLoader } from "./trend-queries";

it("loads keys that are requested together by one request, and later ones by another", async () => {
  const requests: string[][] = [];
  const load = createTrendLoader(async (keys) => {
    requests.push(keys);
    return keys
      .filter((key) => key !== "none")
      .map((key) => ({ key, points: [{ version: 1, number: 1, rows: null, size: 1 }] }));
  });
  const [a, none] = await Promise.all([load("a"), load("none")]);
  expect(a?.points).toHaveLength(1);
  expect(none).toEqual({ key: "none", points: [] });
  await load("b");
  expect(requests).toEqual([["a", "none"], ["b"]]);
});
