import fc from "fast-check";
import { v5 } from "uuid";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import type { ArtifactImport } from "#contract/import";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { startHttpServer, type TestServer } from "#test/http-server";
import { doctor } from "../admin";

const idOf = (name: string) => v5(name, "6f1c9f0e-3c1b-4e38-9a44-2f5d4b8f5a10");
const at = (microsecond: number) => `2024-05-06T07:08:09.${String(microsecond).padStart(6, "0")}Z`;

type Sent = Omit<ArtifactImport, "data">;

/** Versions as a source gives them: in the order of a key, each naming the one before it. */
function linked(rows: { id: string; key: string | null; created: string }[]): Sent[] {
  const order = (row: { created: string; id: string }) => row.created + row.id;
  const last = new Map<string, string>();
  return rows
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map((row) => {
      const previous = row.key === null ? undefined : (last.get(row.key) ?? null);
      if (row.key !== null) last.set(row.key, row.id);
      return { ...row, updated: row.created, previous };
    });
}

const fresh = await databaseOfFile();
const call = callerOn(fresh);

describe("an import", () => {
  it("by three clients at once, beside creates and removes, numbers each key by `created` or rejects it", async () => {
    let round = 0;
    const row = fc.record({ key: fc.constantFrom("a", "b", "c", null), created: fc.nat(5) });
    const source = fc.array(row, { minLength: 1, maxLength: 25 });
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 });
    // Only "a" and "b" are written to by others; what happens under "c" is the import alone.
    const others = fc.array(
      fc.record({ verb: fc.constantFrom("create", "remove", "removeAll"), key: fc.constantFrom("a", "b") }),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(source, cuts, others, async (sample, sizes, steps) => {
        const name = (key: string) => `${key}-${round}`;
        round++;
        const rows = linked(
          sample.map(({ key, created }, i) => ({
            id: idOf(`${round} ${i}`),
            key: key && name(key),
            created: at(created),
          })),
        );
        const foreign = new Set<string>();
        const importing = sizes.map(async (size) => {
          for (let from = 0; from < rows.length; from += size)
            await call.admin.import({ artifacts: rows.slice(from, from + size) });
        });
        const writing = steps.map(async ({ verb, key }) => {
          if (verb === "create") foreign.add((await call.artifact.create({ key: name(key) })).id);
          else if (verb === "removeAll") await call.collection.remove({ key: name(key) }).catch(() => {});
          else
            await call.artifact.remove({ id: rows.find((each) => each.key === name(key))?.id ?? "" }).catch(() => {});
        });
        await Promise.all([...importing, ...writing]);
        await everyKeyIsRight(rows, foreign);
      }),
      { numRuns: 30 * inject("runs"), endOnFailure: true },
    );
    expect(await doctor(fresh.db)).toEqual([]);
  });

  async function everyKeyIsRight(rows: Sent[], foreign: Set<string>): Promise<void> {
    const known = new Set(
      (await call.admin.known({ kind: "artifacts", ids: rows.map(({ id }) => id) })).map(({ id }) => id),
    );
    for (const key of new Set(rows.map((row) => row.key))) {
      const versions = rows.filter((row) => row.key === key);
      const here = versions.filter(({ id }) => known.has(id)).map(({ id }) => id);
      if (key === null || key?.startsWith("c-")) expect(here).toHaveLength(versions.length);
      if (key == null) continue;
      const where = { artifacts: { key: { any: [key] } } };
      const existing = await call.artifact.list({ where, limit: 200 });
      const removed = await call.trash.list({ where: { key }, limit: 200 });
      const all = [...existing, ...removed].toSorted((a, b) => Number(a.version) - Number(b.version));
      const numbered = all.filter(({ id }) => !foreign.has(id));
      // What came is the beginning of what there was, under the numbers from 1 on; whatever is foreign comes after it.
      expect(numbered.map(({ id }) => id)).toEqual(versions.slice(0, here.length).map(({ id }) => id));
      expect(numbered.map(({ version }) => version)).toEqual(numbered.map((_, i) => i + 1));
      expect(numbered.map(({ created }) => created)).toEqual(
        versions.slice(0, here.length).map(({ created }) => created),
      );
    }
  }

  it("reports the outcome of each row", async () => {
    const [one = "", two = "", three = ""] = ["1", "2", "3"].map((n) => idOf(`said ${n}`));
    const version = (id: string, previous: string | null, created = at(1), key = "said") => ({
      id,
      key,
      previous,
      created,
      updated: created,
    });
    const first = version(one, null);
    expect(await call.admin.import({ artifacts: [first, version(two, one)] })).toMatchObject({
      created: 2,
      existing: 0,
    });
    await call.artifact.remove({ id: two });
    expect(await call.admin.import({ artifacts: [first, version(two, one)] })).toMatchObject({
      created: 0,
      existing: 2,
    });
    const { rejected } = await call.admin.import({
      artifacts: [version(one, null, at(1), "another"), version(three, one), version(three, two, at(0))],
    });
    expect(rejected).toEqual([
      { id: one, reason: expect.stringContaining("under another key") },
      { id: three, reason: expect.stringContaining("versions of another source") },
      { id: three, reason: expect.stringContaining("created before") },
    ]);
    expect((await call.artifact.create({ key: "said" })).version).toBe(3);
    expect((await call.admin.import({ artifacts: [version(three, two)] })).rejected).toHaveLength(1);
    await expect(call.collection.latest({ key: "another" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("stores each data, of any size, under its own id", async () => {
    const sizes = [10, 700_000, 600_000, 3_000_000, 10];
    const artifacts = sizes.map((size, index) => {
      const data = `${index}${"a".repeat(size)}`;
      return { id: idOf(`sizes ${index}`), key: null, created: at(index), updated: at(index), data };
    });
    expect((await call.admin.import({ artifacts })).created).toBe(sizes.length);
    for (const { id, data } of artifacts) {
      expect(JSON.stringify((await call.artifact.read({ id })).data)).toBe(JSON.stringify(data));
    }
    expect(await doctor(fresh.db)).toEqual([]);
  });

  it("keeps ids and timestamps of runs, and assigns them to existing rows of the same name", async () => {
    const stamps = { created: at(7), updated: at(8) };
    const state = { type: "COMPLETED", name: "Fertig", message: "ok", timestamp: at(9) } as const;
    const mine = await call.flow.create({ name: "etl" });
    const flow = { id: idOf("etl"), name: "etl", ...stamps };
    const sent = { flows: [flow, { ...flow, id: idOf("other"), name: "other", tags: ["x"] }] };
    const result = await call.admin.import(sent);
    expect(result).toEqual({ created: 1, existing: 0, replacements: { [flow.id]: mine.id }, rejected: [] });
    const run = { id: idOf("run"), flowId: idOf("other"), name: "r", state, parameters: { n: 1 }, ...stamps };
    const task = { id: idOf("task"), flowRunId: run.id, taskKey: "t", dynamicKey: "0", name: "t-0", state, ...stamps };
    const sub = { ...run, id: idOf("sub"), parentTaskRunId: task.id, createdBy: { type: "DEPLOYMENT" } };
    const deployment = { id: idOf("deployed"), flowId: idOf("other"), name: "nightly", ...stamps };
    const rows = { deployments: [deployment], flowRuns: [run], taskRuns: [task] };
    await call.artifact.create({ key: "early", flowRunId: run.id });
    expect((await call.admin.import({ flowRuns: [sub] })).rejected).toEqual([
      { id: sub.id, reason: "Its parent task run does not exist." },
    ]);
    expect(await call.admin.import(rows)).toMatchObject({ created: 3, rejected: [] });
    expect(await call.admin.import({ ...rows, flowRuns: [run, sub] })).toMatchObject({ created: 1, existing: 3 });
    const early = { artifacts: { key: { any: ["early"] } }, flows: { name: { any: ["other"] } } };
    expect(await call.collection.list({ where: early })).toHaveLength(1);
    expect(await doctor(fresh.db)).toEqual([]);
    expect(await call.flowRun.read({ id: sub.id })).toMatchObject({ ...sub, endTime: null });
    expect(await call.taskRun.read({ id: task.id })).toMatchObject(task);
    expect(await call.deployment.read({ id: deployment.id })).toMatchObject(deployment);
    const twins = await call.admin.import({
      taskRuns: [
        { ...task, id: idOf("twin") },
        { ...task, id: idOf("lost"), flowRunId: mine.id },
      ],
    });
    expect(twins.rejected).toEqual([
      { id: idOf("lost"), reason: "Its flow run does not exist." },
      { id: idOf("twin"), reason: "Its flow run has another task run with this task key and dynamic key." },
    ]);
  });

  it("rejects runs and deployments without their flow, and a second run with an idempotency key, with the reason", async () => {
    const stamps = { created: at(7), updated: at(8) };
    const flow = { id: idOf("parent"), name: "parent", ...stamps };
    const known = { id: idOf("known"), flowId: flow.id, name: "known", ...stamps };
    const missing = { id: idOf("missing"), flowId: idOf("no flow"), name: "missing", ...stamps };
    const deployments = await call.admin.import({ flows: [flow], deployments: [known, missing] });
    const rejected = [{ id: missing.id, reason: "Its flow does not exist." }];
    expect(deployments).toEqual({ created: 2, existing: 0, replacements: {}, rejected });
    const twin = { ...known, id: idOf("twin of known") };
    expect(await call.admin.import({ deployments: [twin, known] })).toEqual({
      ...{ created: 0, existing: 1, rejected: [] },
      replacements: { [twin.id]: known.id },
    });
    const first = { ...known, id: idOf("first"), idempotencyKey: "nightly" };
    const second = { ...first, id: idOf("second") };
    const runs = await call.admin.import({ flowRuns: [missing, first, second] });
    const duplicate = { id: second.id, reason: "Its flow has another run with this idempotency key." };
    expect(runs).toEqual({ created: 1, existing: 0, replacements: {}, rejected: [...rejected, duplicate] });
  });
});

describe("an import over HTTP", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startHttpServer({ maxData: 4096 });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it("keeps data byte for byte", async () => {
    const data = String.raw`{"z": 123456789012345678901234567890, "a" : 1.0, "z2":"\u0000é", "z": [1e400]}`;
    const row = `{"id":"${idOf("exact")}","key":"exact","previous":null,"created":"${at(3)}","updated":"2024-05-06T09:08:10+02:00","data":${data}}`;
    expect(await (await server.post("admin.import", `{"artifacts":[${row}]}`)).json()).toMatchObject({
      result: { data: { created: 1 } },
    });
    const back = await server.fetch("/api/artifacts/key/exact/1/data");
    expect(await back.text()).toBe(data);
  });

  const stamps = `"created":"${at(1)}","updated":"${at(1)}"`;
  const row = (rest: string) => `{"artifacts":[{"id":"${idOf("x")}",${rest}}]}`;
  it.each([
    ["an id that is none", `{"artifacts":[{"id":"no",${stamps}}]}`, 400, "artifacts[0].id"],
    ["a key that is none", row(`"key":"No",${stamps}`), 400, "artifacts[0].key"],
    ["no moment", row(`"updated":"${at(1)}"`), 400, "artifacts[0].created"],
    ["a moment before 1970", row(`"created":"1969-01-01T00:00:00Z","updated":"${at(1)}"`), 400, "artifacts[0].created"],
    ["too much data", row(`${stamps},"data":"${"x".repeat(5000)}"`), 413, "data"],
    ["data that is nested too deep", row(`${stamps},"data":${"[".repeat(201)}${"]".repeat(201)}`), 400, undefined],
    ["too many rows", `{"flows":[${Array(501).fill(`{"id":"${idOf("x")}","name":"n",${stamps}}`)}]}`, 400, undefined],
    ["a kind that is none", `{"runs":[]}`, 400, "runs"],
  ])("refuses %s", async (_, body, status, field) => {
    const result = await server.post("admin.import", body);
    expect(result.status).toBe(status);
    expect((await result.json()).error.data.field).toBe(field);
  });
});
