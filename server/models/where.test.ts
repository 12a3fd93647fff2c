import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Artifact } from "#contract/artifact";
import type { ChoiceCondition, IdCondition, InstantCondition, KeyCondition } from "#contract/filter";
import type { ArtifactFilter } from "#contract/where";
import { type FreshDatabase, freshDatabase } from "#db/testing";
import { type Caller, callerOn } from "#server/testing";

const RUN_IDS = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
const KEYS = ["daily-report", "daily", "weekly-report", "x-100", "x-1", null];
const TYPES = ["markdown", "table", "Table", "50%_off\\", null];

let fresh: FreshDatabase;
let call: Caller;
let versions: Artifact[];
let latest: Artifact[];
beforeAll(async () => {
  fresh = await freshDatabase();
  call = callerOn(fresh);
  const pick = <T>(values: readonly T[], i: number) => values[i % values.length] ?? null;
  for (let i = 0; i < 90; i++) {
    await call.artifact.create({
      key: pick(KEYS, i * 7),
      type: pick(TYPES, i * 3 + Math.floor(i / 5)),
      flowRunId: pick([...RUN_IDS, null], i + Math.floor(i / 7)),
      taskRunId: pick([null, ...RUN_IDS], i * 2 + Math.floor(i / 9)),
    });
  }
  versions = await call.artifact.list({ limit: 200 });
  latest = await call.collection.list({ limit: 200 });
});
afterAll(() => fresh[Symbol.asyncDispose]());

/** The filter once more, over rows in memory, as the contract words it; undefined for "no criteria". */
function predicate(filter: ArtifactFilter): ((row: Artifact) => boolean) | undefined {
  const tests = [
    oneOf((row) => row.id, filter.id),
    keyTest(filter.key),
    choice(filter.type),
    oneOf((row) => row.flowRunId, filter.flowRunId),
    oneOf((row) => row.taskRunId, filter.taskRunId),
    between((row) => row.created, filter.created),
    between((row) => row.updated, filter.updated),
  ].filter((test) => test !== undefined);
  if (tests.length === 0) return undefined;
  return (row) => (filter.operator === "or" ? tests.some((test) => test(row)) : tests.every((test) => test(row)));
}

type Test = ((row: Artifact) => boolean) | undefined;

function all(...tests: (Test | false | null | "" | 0)[]): Test {
  const given = tests.filter((test) => typeof test === "function");
  return given.length > 0 ? (row) => given.every((test) => test(row)) : undefined;
}

function oneOf(of: (row: Artifact) => string | null, condition: IdCondition | null | undefined): Test {
  const any = condition?.any;
  return any ? (row) => any.some((value) => value === of(row)) : undefined;
}

function keyTest(condition: KeyCondition | null | undefined): Test {
  const { any, like, contains, startsWith, exists } = condition ?? {};
  return all(
    any && ((row) => any.some((key) => key === row.key)),
    like && ((row) => row.key !== null && new RegExp(ilike(like), "is").test(row.key)),
    contains && ((row) => row.key?.includes(contains.toLowerCase()) === true),
    startsWith && ((row) => row.key?.startsWith(startsWith.toLowerCase()) === true),
    exists != null && ((row) => (row.key !== null) === exists),
  );
}

/** An open LIKE pattern as a regular expression: `%` any, `_` one, `\` takes the next literally. */
function ilike(pattern: string): string {
  return pattern
    .replace(/\\(.?)|%|_|[^\w\s]/gs, (token, escaped?: string) => {
      if (escaped !== undefined) return (escaped || "\\").replace(/[^\w\s]/, "\\$&");
      return token === "%" ? ".*" : token === "_" ? "." : `\\${token}`;
    })
    .replace(/(?<!\\)_/g, "_");
}

function choice(condition: ChoiceCondition | null | undefined): Test {
  const { any, notAny } = condition ?? {};
  return all(
    any && ((row) => row.type !== null && any.includes(row.type)),
    notAny?.length && ((row) => row.type !== null && !notAny.includes(row.type)),
  );
}

function between(of: (row: Artifact) => string, condition: InstantCondition | null | undefined): Test {
  const { after, before } = condition ?? {};
  return all(after && ((row) => of(row) >= after), before && ((row) => of(row) <= before));
}

const absent = <T>(given: fc.Arbitrary<T>) => fc.option(given, { nil: undefined, freq: 2 });
const few = <T>(values: readonly T[]) => fc.array(fc.constantFrom(...values), { maxLength: 3 });
const pattern = fc.constantFrom("", "daily", "REPORT", "%", "_", "y-r", "x-1", "x_1", "1\\", "\\%", "a%y", "zzz");

function filters(): fc.Arbitrary<ArtifactFilter> {
  const moment = fc.constantFrom(...versions.map((row) => row.created));
  const range = fc.record({ after: absent(moment), before: absent(moment) });
  const ids = fc.record({ any: absent(few([...RUN_IDS, "ffffffff-0000-4000-8000-000000000000"])) });
  return fc.record({
    operator: absent(fc.constantFrom("and" as const, "or" as const)),
    id: absent(fc.record({ any: absent(few(versions.map((row) => row.id))) })),
    key: absent(
      fc.record({
        any: absent(few(["daily", "x-1", "nowhere"])),
        like: absent(pattern),
        contains: absent(pattern),
        startsWith: absent(pattern),
        exists: absent(fc.boolean()),
      }),
    ),
    type: absent(
      fc.record({ any: absent(few(["table", "markdown", "50%_off\\"])), notAny: absent(few(["table", "no"])) }),
    ),
    flowRunId: absent(ids),
    taskRunId: absent(ids),
    created: absent(range),
    updated: absent(range),
  });
}

describe("the artifact's own filter", () => {
  it("finds and counts what a plain predicate finds, over all versions and over the latest", async () => {
    await fc.assert(
      fc.asyncProperty(filters(), async (filter) => {
        const where = { artifacts: filter };
        const test = predicate(filter) ?? (() => true);
        const ids = (rows: Artifact[]) => rows.map((row) => row.id);
        const [found, count, keys, keyCount] = await Promise.all([
          call.artifact.list({ where, limit: 200 }),
          call.artifact.count({ where }),
          call.collection.list({ where, limit: 200 }),
          call.collection.count({ where }),
        ]);
        expect(ids(found)).toEqual(ids(versions.filter(test)));
        expect(ids(keys)).toEqual(ids(latest.filter(test)));
        expect([count, keyCount]).toEqual([found.length, keys.length]);
      }),
      { numRuns: 400 },
    );
  });

  it("bounds a count one beyond what was asked for", async () => {
    expect(await call.artifact.count({ atMost: 10 })).toBe(11);
    expect(await call.artifact.count({ atMost: 500 })).toBe(90);
    expect(await call.collection.count({ atMost: 0 })).toBe(1);
  });

  it.each([
    [{ id: { any: ["x"] } }, "where.artifacts.id.any[0]"],
    [{ key: { any: ["UPPER"] } }, "where.artifacts.key.any[0]"],
    [{ key: { like: "x".repeat(256) } }, "where.artifacts.key.like"],
    [{ key: { contains: "\0" } }, "where.artifacts.key.contains"],
    [{ type: { any: Array.from({ length: 1001 }, () => "t") } }, "where.artifacts.type.any"],
    [{ created: { after: "today" } }, "where.artifacts.created.after"],
    [{ created: { after: "2026-02-30T00:00:00Z" } }, "where.artifacts.created.after"],
    [{ created: { before: "2026-01-01T24:00:00Z" } }, "where.artifacts.created.before"],
    [{ created: { before: "2026-01-01T00:00:00" } }, "where.artifacts.created.before"],
    [{ created: { before: "1969-12-31T00:00:00Z" } }, "where.artifacts.created.before"],
    [{ data: {} }, "where.artifacts.data"],
  ])("refuses %j", async (filter, field) => {
    const listed = call.artifact.list({ where: { artifacts: filter as ArtifactFilter } });
    await expect(listed).rejects.toMatchObject({ code: "BAD_REQUEST", cause: { details: { field } } });
  });
});
