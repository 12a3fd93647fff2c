import { expect, it } from "vitest";
import { createBudget } from "./budget";

it("has its time left at first, and never less than none", () => {
  const left = createBudget(60_000).left();
  expect(left).toBeGreaterThan(50_000);
  expect(left).toBeLessThanOrEqual(60_000);
  expect(createBudget(-5).left()).toBe(0);
});

it("keeps each note once, in order", () => {
  const budget = createBudget(1);
  for (const note of ["b", "a", "b"]) budget.note(note);
  expect(budget.notes).toEqual(["b", "a"]);
});
