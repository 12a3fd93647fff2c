import { expect, it } from "vitest";
import { createBudget } from "./budget";
import { dataSide, differenceOf } from "./difference";
import { summaryOf } from "./summary";

function compare(type: string | null, from: unknown, to: unknown) {
  const [older, newer] = [from, to].map((data) => dataSide(type, JSON.stringify(data)));
  if (!older || !newer) throw new Error("There is nothing to compare.");
  return summaryOf(differenceOf(older, newer, {}, createBudget(5000)));
}

const test = (name: string, content = "", seconds = 1) =>
  `<testcase classname="suite" name="${name}" time="${seconds}">${content}</testcase>`;
const junit = (...cases: string[]) => `<testsuites><testsuite name="all">${cases.join("")}</testsuite></testsuites>`;
const FAILED = '<failure message="no">trace</failure>';

it("says which tests newly fail, and which are mended", () => {
  const from = junit(test("a"), test("b", FAILED), test("c"), test("old"));
  const to = junit(test("a", FAILED, 2), test("b"), test("c", "", 3), test("new", "<error/>"));
  expect(compare("junit", from, to)).toBe(
    "2 tests newly failing, 1 test mended, 1 test added, 1 removed, 4 cells changed",
  );
});

it("compares the times of tests alone by line", () => {
  expect(compare("junit", junit(test("a")), junit(test("a", "", 2)))).toBe("1 line changed");
  expect(compare(null, junit(test("a")), junit(test("a", FAILED)))).toContain("1 test newly failing");
  expect(compare("junit", "<a/>", "<b/>")).toBe("1 line changed");
});

const lcov = (...hits: number[]) =>
  `SF:a.ts\n${hits.map((count, at) => `DA:${at + 1},${count}\n`).join("")}end_of_record\n`;

it("compares coverage by file", () => {
  expect(compare("lcov", lcov(1, 0), `${lcov(1, 1)}SF:b.ts\nDA:1,1\nend_of_record`)).toBe(
    "1 file added, 2 cells changed",
  );
});

const finding = (ruleId: string, startLine: number) => ({
  ruleId,
  message: { text: "It is wrong." },
  locations: [{ physicalLocation: { artifactLocation: { uri: "a.ts" }, region: { startLine } } }],
});
const sarif = (...results: object[]) => ({ version: "2.1.0", runs: [{ tool: { driver: { name: "lint" } }, results }] });

it("compares the results of an analysis wherever their lines are now", () => {
  expect(compare(null, sarif(finding("a", 1), finding("b", 2)), sarif(finding("a", 5), finding("c", 9)))).toMatch(
    /^(?:1 result added, 1 removed|1 cell changed)$/,
  );
});

const place = (name: string, people: number, x = 10) => ({
  type: "Feature",
  properties: { name, people },
  geometry: { type: "Point", coordinates: [x, 60] },
});
const map = (...features: object[]) => ({ type: "FeatureCollection", features });

it("compares a map by its features", () => {
  const from = map(place("Oslo", 700), place("Moss", 50), place("Bergen", 290));
  const to = map(place("Bergen", 291), place("Oslo", 700, 11), place("Bodø", 53));
  expect(compare("geojson", from, to)).toBe("1 feature added, 1 removed, 2 cells changed");
});

it.each(["id", "geometry"])("tells a property called %s from the member of a feature", (name) => {
  const feature = (value: number, id = 1) => ({ ...place("Oslo", 700), id, properties: { [name]: value } });
  const one = (value: number) => map(feature(value), feature(5, 2));
  expect(compare("geojson", one(3), one(4))).toBe("1 cell changed");
  const { report } = dataSide("geojson", JSON.stringify(one(3)));
  expect(report?.rows[0]).toEqual({ id: 1, [`properties.${name}`]: 3, geometry: place("Oslo", 700).geometry });
});
