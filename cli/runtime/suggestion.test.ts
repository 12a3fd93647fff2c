import { expect, test } from "vitest";
import { didYouMean } from "./suggestion";

const KNOWN = ["push", "rm", "ls", "versions", "restore", "restore-backup", "--key", "--type", "--flow"];

test.each([
  ["pus", "push"],
  ["psuh", "push"],
  ["pushh", "push"],
  ["pash", "push"],
  ["verison", "versions"],
  ["rn", "rm"],
  ["res", "restore"],
  ["--kye", "--key"],
  ["--typ", "--type"],
])("suggests for %s: %s", (name, suggestion) => {
  expect(didYouMean(name, KNOWN)).toBe(` Did you mean "${suggestion}"?`);
});

test.each(["xy", "airflow", "--airflow", "get"])("suggests nothing for %s", (name) => {
  expect(didYouMean(name, KNOWN)).toBe("");
});
