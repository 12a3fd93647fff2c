import fc from "fast-check";
import { expect, it } from "vitest";
import { formatQuery, labelsOf, parseQuery } from "./query-url";
import { NO_QUERY } from "./row-query";

it("names columns, by number where the name does not tell which", () => {
  expect(labelsOf(["city", "", "a", "a", "#1"])).toEqual(["city", "#2", "#3", "#4", "#5"]);
});

it("reads what it wrote", () => {
  const names = fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom("a", "a.asc", "#2", "")), {
    minLength: 1,
  });
  fc.assert(
    fc.property(
      names,
      fc.string(),
      fc.boolean(),
      fc.nat(),
      fc.string({ minLength: 1 }),
      (columns, search, descending, at, text) => {
        const labels = labelsOf(columns);
        const column = at % columns.length;
        const query = { search, sort: { column, descending }, filters: { [column]: text } };
        expect(parseQuery(labels, formatQuery(labels, query))).toEqual(query);
      },
    ),
  );
});

it("leaves out columns that the table does not have", () => {
  expect(parseQuery(["b"], { search: "", sort: "a.asc", filters: { a: "1" } })).toBe(NO_QUERY);
  expect(parseQuery(["b"], { search: "x", sort: "b", filters: { b: "1" } })).toEqual({
    search: "x",
    sort: null,
    filters: { 0: "1" },
  });
});
