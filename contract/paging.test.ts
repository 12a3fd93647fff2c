import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { issueOf } from "#test/schema";
import { ArtifactCount, ArtifactFacets, ArtifactList, ArtifactPage } from "./artifact";
import { CollectionCount, CollectionFacets, CollectionList, CollectionPage } from "./collection";
import { DeploymentCount, DeploymentList, DeploymentPage } from "./deployment";
import { FlowCount, FlowList, FlowPage } from "./flow";
import { FlowRunCount, FlowRunList, FlowRunPage } from "./flow-run";
import { TaskRunCount, TaskRunList, TaskRunPage } from "./task-run";
import { TrashCount, TrashList, TrashPage } from "./trash";

const VERSIONS = [
  ...["ID_DESC", "CREATED_DESC", "CREATED_ASC", "UPDATED_DESC", "KEY_ASC", "KEY_DESC", "SIZE_ASC", "SIZE_DESC"],
];
const VALUES = ["VERSION", "NUMBER", "ROWS", "TYPE"].flatMap((name) => [`${name}_ASC`, `${name}_DESC`]);
const NAMED = ["CREATED_DESC", "UPDATED_DESC", "NAME_ASC", "NAME_DESC"];
const RUNS = [
  ...["ID_DESC", "START_TIME_DESC", "START_TIME_ASC", "EXPECTED_START_TIME_ASC", "EXPECTED_START_TIME_DESC"],
  ...["NAME_ASC", "NAME_DESC", "END_TIME_DESC"],
];

interface Noun {
  list: z.ZodType;
  page: z.ZodType;
  count: z.ZodType;
  /** The orders, the default first; none if there is no choice. */
  sorts: string[];
  /** A filter that the noun has. */
  where: object;
}

const NOUNS: [string, Noun][] = [
  [
    "artifact",
    {
      list: ArtifactList,
      page: ArtifactPage,
      count: ArtifactCount,
      sorts: ["CREATED_DESC", ...VERSIONS],
      where: { artifacts: {} },
    },
  ],
  [
    "collection",
    {
      list: CollectionList,
      page: CollectionPage,
      count: CollectionCount,
      sorts: ["CREATED_DESC", ...VERSIONS, ...VALUES, "VERSIONS_ASC", "VERSIONS_DESC"],
      where: { artifacts: {} },
    },
  ],
  [
    "deployment",
    {
      list: DeploymentList,
      page: DeploymentPage,
      count: DeploymentCount,
      sorts: ["NAME_ASC", ...NAMED],
      where: { deployments: {} },
    },
  ],
  ["flow", { list: FlowList, page: FlowPage, count: FlowCount, sorts: ["NAME_ASC", ...NAMED], where: { flows: {} } }],
  [
    "flowRun",
    {
      list: FlowRunList,
      page: FlowRunPage,
      count: FlowRunCount,
      sorts: ["START_TIME_DESC", ...RUNS, "NEXT_SCHEDULED_START_TIME_ASC"],
      where: { flowRuns: {} },
    },
  ],
  [
    "taskRun",
    {
      list: TaskRunList,
      page: TaskRunPage,
      count: TaskRunCount,
      sorts: ["START_TIME_DESC", ...RUNS],
      where: { taskRuns: {} },
    },
  ],
  ["trash", { list: TrashList, page: TrashPage, count: TrashCount, sorts: [], where: { key: "a", keyContains: "b" } }],
];

describe.each(NOUNS)("the queries of %s", (noun, { list, page, count, sorts, where }) => {
  const sort = sorts.length > 0 ? { sort: sorts[0] } : {};

  it("need no input", () => {
    expect(list.parse(undefined)).toEqual({ limit: 50, offset: 0, ...sort });
    expect(page.parse(undefined)).toEqual({ limit: 50, ...sort });
    expect(count.parse(undefined)).toEqual({});
    for (const schema of [list, page, count]) expect(schema.parse({})).toEqual(schema.parse(undefined));
  });

  it("take a filter, and no other field", () => {
    for (const schema of [list, page, count]) {
      expect(schema.parse({ where })).toMatchObject({ where });
      expect(issueOf(schema, { where: { other: 1 } })).toMatch("where.other: is unknown");
      expect(issueOf(schema, { other: 1 })).toMatch("other: is unknown");
    }
  });

  it("take each of its orders and no other", () => {
    for (const schema of [list, page]) {
      for (const each of sorts) expect(schema.parse({ sort: each })).toMatchObject({ sort: each });
      expect(issueOf(schema, { sort: "DATA_DESC" })).not.toBeNull();
      if (noun === "taskRun") expect(issueOf(schema, { sort: "NEXT_SCHEDULED_START_TIME_ASC" })).not.toBeNull();
    }
    expect(issueOf(count, { sort: sorts[0] ?? "" })).toMatch(/is unknown/);
  });

  it("list 0 to 200 rows from an offset up to 2^31 - 1", () => {
    for (const limit of [0, 1, 200]) expect(list.parse({ limit })).toMatchObject({ limit });
    for (const limit of [-1, 201, 1.5, "1", null]) expect(issueOf(list, { limit })).toMatch(/^limit: /);
    for (const offset of [0, 2 ** 31 - 1]) expect(list.parse({ offset })).toMatchObject({ offset });
    for (const offset of [-1, 2 ** 31, 0.5]) expect(issueOf(list, { offset })).toMatch(/^offset: /);
    expect(issueOf(list, { cursor: "a" })).toMatch(/is unknown/);
  });

  it("page through 1 to 200 rows with a cursor of 1 to 2,048 characters", () => {
    for (const limit of [1, 200]) expect(page.parse({ limit })).toMatchObject({ limit });
    for (const limit of [0, 201, 1.5]) expect(issueOf(page, { limit })).toMatch(/^limit: /);
    for (const cursor of ["a", "a".repeat(2048), null]) expect(issueOf(page, { cursor })).toBeNull();
    for (const cursor of ["", "a".repeat(2049), 1]) expect(issueOf(page, { cursor })).toMatch(/^cursor: /);
    expect(issueOf(page, { offset: 1 })).toMatch(/is unknown/);
  });

  it("count up to a limit of at most 1,000,000", () => {
    for (const atMost of [0, 1_000_000]) expect(count.parse({ atMost })).toEqual({ atMost });
    for (const atMost of [-1, 1_000_001, 0.5, null]) expect(issueOf(count, { atMost })).toMatch(/^atMost: /);
  });
});

it.each(VALUES)("artifacts are sorted by %s only within one key", (sort) => {
  const of = (...keys: string[]) => ({ artifacts: { key: { any: keys } } });
  for (const schema of [ArtifactList, ArtifactPage]) {
    expect(schema.parse({ sort, where: of("a") })).toMatchObject({ sort });
    for (const where of [undefined, of("a", "b"), { artifacts: { key: { contains: "a" } } }]) {
      expect(issueOf(schema, { sort, where })).toMatch(/^sort: must be SIZE, CREATED/);
    }
  }
});

describe.each([
  ["artifact", ArtifactList, ArtifactPage, ArtifactFacets],
  ["collection", CollectionList, CollectionPage, CollectionFacets],
])("the queries of %s", (_, list, page, facets) => {
  it("include data on request", () => {
    for (const schema of [list, page]) {
      expect(schema.parse({ include: ["data"] })).toMatchObject({ include: ["data"] });
      expect(schema.parse({ include: ["preview", "data"] })).toMatchObject({ include: ["preview", "data"] });
      expect(issueOf(schema, { include: ["labels"] })).toBeNull();
      expect(issueOf(schema, { include: [] })).toBeNull();
      expect(issueOf(schema, { include: ["data", "data", "preview", "labels"] })).toMatch(
        /^include: must have at most/,
      );
      expect(issueOf(schema, { include: ["size"] })).toMatch(/^include\[0\]: must be one of "data", "preview"/);
    }
  });

  it("count facets under a filter", () => {
    expect(facets.parse(undefined)).toEqual({});
    expect(facets.parse({ where: { artifacts: {} } })).toEqual({ where: { artifacts: {} } });
    expect(issueOf(facets, { atMost: 1 })).toMatch(/is unknown/);
  });
});
