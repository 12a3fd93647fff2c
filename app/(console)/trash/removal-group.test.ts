import { expect, it } from "vitest";
import { groupByRemoval } from "./removal-group";

const idsByGroup = (...rows: [id: string, removal: string][]) =>
  groupByRemoval(rows.map(([id, removal]) => ({ id, removal }))).map(({ removal, rows }) => [
    removal,
    rows.map(({ id }) => id).join(" "),
  ]);

it("groups consecutive rows of one removal and keeps the order", () => {
  expect(idsByGroup(["1", "x"], ["2", "y"], ["3", "y"], ["4", "z"])).toEqual([
    ["x", "1"],
    ["y", "2 3"],
    ["z", "4"],
  ]);
});

it("starts a new group where the rows of a removal are not consecutive", () => {
  expect(idsByGroup(["1", "x"], ["2", "y"], ["3", "x"])).toEqual([
    ["x", "1"],
    ["y", "2"],
    ["x", "3"],
  ]);
});

it("returns no groups without rows", () => {
  expect(idsByGroup()).toEqual([]);
});
