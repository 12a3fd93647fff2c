import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArtifactPage } from "../artifact";
import { FlowRunPage } from "../flow-run";
import { STATE_TYPES } from "../state";
import {
  type Condition,
  conditionsText,
  type FieldName,
  idOf,
  isValid,
  namesOf,
  operatorsOf,
  parseBounds,
  parseConditions,
  parseNumber,
  withCondition,
} from "./condition";
import { toWhere } from "./to-where";

const NOW = Date.parse("2026-11-25T17:45:30.500Z");

const ARTIFACT_FIELDS: FieldName[] = [
  "type",
  "key",
  "description",
  "flow",
  "deployment",
  "run",
  "task",
  "state",
  "tag",
  "runtag",
  "created",
  "updated",
  "size",
  "rows",
  "number",
  "version",
  "versions",
  "label",
  "metadata",
];
const RUN_FIELDS: FieldName[] = ["run", "flow", "deployment", "state", "runtag", "started", "ended"];
const ALL_FIELDS: FieldName[] = [...ARTIFACT_FIELDS, "started", "ended"];

/** Texts with all that the parameter reserves. */
const text = fc.string({ unit: fc.constantFrom(..."a%,;=!&~:?.\\2 B\0é"), minLength: 1, maxLength: 8 });
const value = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.constantFrom(
    "7d",
    "2026-11-01..",
    "10..20",
    "..1.5",
    "-1e3..",
    "3..2",
    "5",
    "-0.5",
    "1e400",
    "",
    "null",
    "production",
  ),
  fc.constantFrom(...STATE_TYPES),
);
const anyCondition: fc.Arbitrary<Condition> = fc.constantFrom(...ALL_FIELDS).chain((field) =>
  fc.record({
    field: fc.constant(field),
    path: field === "metadata" ? text : fc.constant(""),
    operator: fc.constantFrom(...operatorsOf(field)),
    values: fc.array(value, { maxLength: 3 }),
  }),
);
const validConditions = fc.uniqueArray(anyCondition.filter(isValid), { selector: idOf, maxLength: 12 });

const parse = (search: string) => parseConditions(search, ARTIFACT_FIELDS);

describe("the parameter of conditions", () => {
  it("is readable", () => {
    const search = "type=table,image;rows:100..;metadata.model.name!=a b;tag&=eu,us;key~sea;number?;metadata.owner!";
    expect(parse(search)).toEqual([
      { field: "type", path: "", operator: "is", values: ["table", "image"] },
      { field: "rows", path: "", operator: "in", values: ["100.."] },
      { field: "metadata", path: "model.name", operator: "not", values: ["a b"] },
      { field: "tag", path: "", operator: "all", values: ["eu", "us"] },
      { field: "key", path: "", operator: "contains", values: ["sea"] },
      { field: "number", path: "", operator: "exists", values: [] },
      { field: "metadata", path: "owner", operator: "missing", values: [] },
    ]);
    expect(conditionsText(parse(search))).toBe(search);
  });

  it("takes a tag for that of a run where only runs have tags", () => {
    const [condition] = parseConditions("tag&=eu", RUN_FIELDS);
    expect(condition).toEqual({ field: "runtag", path: "", operator: "all", values: ["eu"] });
  });

  it("reads back as the same conditions", () => {
    fc.assert(
      fc.property(validConditions, (conditions) => {
        expect(parseConditions(conditionsText(conditions), ALL_FIELDS)).toEqual(conditions);
      }),
    );
  });

  it("reads any text without an error, as valid conditions of different ids", () => {
    const parts = fc.array(fc.constantFrom(..."type;rows=,:~!?.&%25%zz..metadata"), { maxLength: 40 });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          parts.map((each) => each.join("")),
        ),
        (search) => {
          const conditions = parse(search);
          expect(conditions.every(isValid)).toBe(true);
          expect(new Set(conditions.map(idOf)).size).toBe(conditions.length);
        },
      ),
    );
  });

  it.each([
    "type",
    "type=",
    "type~a",
    "color=red",
    "started:7d",
    "rows=many",
    "rows:1",
    "rows:-1..",
    "size=1.5",
    "state=GONE",
    "created:8d",
    "created:2026-11-05..2026-11-01",
    "metadata=a",
    "type.name=a",
    "label=latest",
    "label=Production",
    "label!=production",
    `key~${"a".repeat(256)}`,
  ])("leaves out %.40s", (search) => {
    expect(parse(search)).toEqual([]);
  });
});

describe("the API's filter of conditions", () => {
  it("is one that the API accepts, whatever is valid", () => {
    fc.assert(
      fc.property(validConditions, (conditions) => {
        const ofArtifacts = conditions.filter(({ field }) => ARTIFACT_FIELDS.includes(field));
        expect(ArtifactPage.safeParse({ where: toWhere(ofArtifacts, NOW) }).error).toBeUndefined();
        const ofRuns = conditions.filter(({ field }) => RUN_FIELDS.includes(field));
        expect(FlowRunPage.safeParse({ where: toWhere(ofRuns, NOW) }).error).toBeUndefined();
      }),
    );
  });

  it.each<[search: string, where: object]>([
    ["type=table;type!=image", { artifacts: { type: { any: ["table"], notAny: ["image"] } } }],
    ["key=a,No key;key~B", { artifacts: { key: { any: ["a"], contains: "B" } } }],
    ["size:..2000", { artifacts: { size: { min: null, max: 2000 } } }],
    ["rows?", { artifacts: { rows: { isNull: false } } }],
    ["number!=62,-0.5", { artifacts: { number: { notAny: [62, -0.5] } } }],
    ["versions:2..", { artifacts: { versions: { min: 2, max: null } } }],
    ["label=production,staging;label?", { artifacts: { label: { any: ["production", "staging"], exists: true } } }],
    ["label!", { artifacts: { label: { exists: false } } }],
    ["updated:2026-11-01..", { artifacts: { updated: { after: "2026-11-01T00:00:00Z" } } }],
    ["flow!=etl;flow~e", { flows: { name: { notAny: ["etl"], contains: "e" } } }],
    [
      "deployment=prod;task~load",
      { deployments: { name: { any: ["prod"] } }, taskRuns: { name: { contains: "load" } } },
    ],
    ["run~night;state!=FAILED", { flowRuns: { name: { contains: "night" }, state: { type: { notAny: ["FAILED"] } } } }],
    ["tag&=a,b;tag=c;tag!=d", { artifacts: { tags: { all: ["a", "b"], any: ["c"], notAny: ["d"] } } }],
    ["runtag&=a,b;runtag=c;runtag!=d", { flowRuns: { tags: { all: ["a", "b"], any: ["c"], notAny: ["d"] } } }],
    ["metadata.a\\.b=x", { artifacts: { metadata: [{ name: "a.b", any: ["x"] }] } }],
    ["metadata.a.0=5,true", { artifacts: { metadata: [{ name: "a", path: ["0"], any: ["5", 5, "true", true] }] } }],
    ["metadata.a:1..2", { artifacts: { metadata: [{ name: "a", min: 1, max: 2 }] } }],
    [
      "metadata.a!;metadata.a~x",
      {
        artifacts: {
          metadata: [
            { name: "a", exists: false },
            { name: "a", contains: "x" },
          ],
        },
      },
    ],
  ])("of %s", (search, where) => {
    expect(toWhere(parse(search), NOW)).toEqual(where);
  });
});

it("changes a condition in its place, and keeps one of each id", () => {
  const [type, flow, key] = parse("type=table;flow=etl;key=a");
  if (!type || !flow || !key) throw new Error("three are valid");
  const changed: Condition = { ...type, values: ["image"] };
  expect(withCondition([type, flow], changed, type)).toEqual([changed, flow]);
  expect(withCondition([type, flow], changed, null)).toEqual([flow, changed]);
  expect(withCondition([type, flow], key, null)).toEqual([type, flow, key]);
  const not: Condition = { ...type, operator: "not" };
  expect(withCondition([not, flow, type], changed, not)).toEqual([changed, flow]);
});

it.each([
  ["1..2", { min: 1, max: 2 }],
  ["..-0.5", { min: null, max: -0.5 }],
  ["1e3..", { min: 1000, max: null }],
  ["..", null],
  ["2..1", null],
  ["1", null],
  ["a..b", null],
])("reads the bounds %j", (range, bounds) => {
  expect(parseBounds(range)).toEqual(bounds);
});

it.each([
  ["1.5", 1.5],
  [".5", 0.5],
  ["-2e-3", -0.002],
  ["", undefined],
  ["1,000", undefined],
  ["0x10", undefined],
  ["1e999", undefined],
])("reads the number %j", (number, result) => {
  expect(parseNumber(number)).toBe(result);
});

it.each([
  ["a.b", ["a", "b"]],
  ["a\\.b.c", ["a.b", "c"]],
  ["a\\\\.b", ["a\\", "b"]],
  ["a.", ["a", ""]],
  ["a\\", ["a\\"]],
])("splits the path %j", (path, names) => {
  expect(namesOf(path)).toEqual(names);
});
