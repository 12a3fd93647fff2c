import { expect, it } from "vitest";
import { procedures } from "./procedures";
import { LIMITS } from "./reach";

it("decides for every procedure, and for none that does not exist", () => {
  expect(Object.keys(LIMITS).sort()).toEqual([...procedures.keys()].sort());
});

it("reads filtered tables in queries, and checks mutations", () => {
  for (const [path, procedure] of procedures) {
    const limit = LIMITS[path];
    if (limit === "refused") continue;
    expect(limit === "filtered", path).toBe(procedure._def.type !== "mutation");
  }
});
