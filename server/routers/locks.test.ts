import { expect, test } from "vitest";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { learnKeys, locksOf } from "./locks";

const fresh = await databaseOfFile();
const call = callerOn(fresh);

const ID = "0199b3c8-0000-7000-8000-00000000000a";
const OTHER = "0199b3c8-0000-7000-8000-00000000000b";

test.each<[string, unknown, string[]]>([
  ["admin.import", { flows: [] }, ["admin"]],
  ["artifact.create", { key: "k", idempotencyKey: "i" }, ["key k", "idempotency i"]],
  ["artifact.create", {}, []],
  [
    "artifact.createMany",
    { items: [{ key: "a" }, { key: "b", idempotencyKey: "i" }, {}] },
    ["key a", "key b", "idempotency i"],
  ],
  ["collection.remove", { key: "k" }, ["key k"]],
  ["collection.removeMany", { keys: ["a", "b"] }, ["key a", "key b"]],
  ["flow.create", { name: "etl" }, ["flow etl"]],
  ["flow.update", { id: ID.toUpperCase() }, [`flow ${ID}`]],
  ["deployment.create", { flowId: ID, name: "d" }, ["deployment d", `flow ${ID}`]],
  ["flowRun.create", { flowId: ID, deploymentId: OTHER }, [`flow ${ID}`, `deployment ${OTHER}`]],
  ["taskRun.create", { id: OTHER, flowRunId: ID }, [`taskRun ${OTHER}`, `flowRun ${ID}`]],
  ["artifact.create", null, []],
  ["artifact.createMany", { items: 1, keys: [1, null], key: 2 }, []],
  ["flow.update", [ID], []],
])("%s %j locks %j", (path, input, locks) => {
  expect(locksOf(path, input, fresh.pools)).toEqual(new Set(locks));
});

test("an artifact locks its key, or itself without one; an unknown id locks nothing", async () => {
  const keyed = await call.artifact.create({ key: "locked" });
  const { id: keyless } = await call.artifact.create({});
  const ids = [keyed.id.toUpperCase(), keyless, ID];
  expect(await locksOf("artifact.removeMany", { ids }, fresh.pools)).toEqual(
    new Set(["key locked", `artifact ${keyless}`]),
  );
  expect(await locksOf("artifact.update", { id: ID }, fresh.pools)).toEqual(new Set());
});

test("a removal locks the keys that it removed", async () => {
  const { id } = await call.artifact.create({ key: "removed" });
  const { removal } = await call.artifact.removeMany({ ids: [id] });
  expect(await locksOf("trash.restoreRemoval", { removal }, fresh.pools)).toEqual(new Set(["key removed"]));
});

test("the key of an artifact that this process wrote is known without a query", () => {
  learnKeys({ id: OTHER, key: "known" });
  expect(locksOf("artifact.update", { id: OTHER }, fresh.pools)).toEqual(new Set(["key known"]));
  learnKeys({ id: OTHER, key: null });
  expect(locksOf("artifact.update", { id: OTHER }, fresh.pools)).toEqual(new Set([`artifact ${OTHER}`]));
});

test("results without an id and a key teach nothing", async () => {
  for (const result of [null, [], { id: 1, key: "k" }, { id: ID }, { key: "k" }]) learnKeys(result);
  expect(await locksOf("artifact.update", { id: ID }, fresh.pools)).toEqual(new Set());
});

test("the oldest of 10,000 known keys is evicted", async () => {
  const [first, second] = ["0199b3c8-0000-7000-8000-000000000001", "0199b3c8-0000-7000-8000-000000000002"];
  learnKeys({ id: first, key: "k" });
  learnKeys({ id: second, key: "k" });
  for (let n = 0; n < 9_998; n++) learnKeys({ id: `more ${n}`, key: "k" });
  expect(locksOf("artifact.update", { id: first }, fresh.pools)).toBeInstanceOf(Set);
  learnKeys({ id: "last", key: "k" });
  expect(locksOf("artifact.update", { id: second }, fresh.pools)).toBeInstanceOf(Set);
  const evicted = locksOf("artifact.update", { id: first }, fresh.pools);
  expect(evicted).toBeInstanceOf(Promise);
  expect(await evicted).toEqual(new Set());
});

test("calls that come while keys are looked up share the next statement, whatever else they name", async () => {
  const created = await Promise.all([1, 2, 3, 4].map((n) => call.artifact.create({ key: `looked-up-${n}` })));
  // Forgotten, as if another process had created them.
  for (let n = 0; n < 10_000; n++) learnKeys({ id: `other ${n}`, key: "k" });
  const { pools } = fresh;
  let statements = 0;
  const reads = () => {
    statements += 1;
    return pools.reads();
  };
  const counting = { ...pools, reads };
  const locks = created.map(({ id }) => locksOf("artifact.update", { ids: [id, "not-an-id"] }, counting));
  expect(await Promise.all(locks)).toEqual([1, 2, 3, 4].map((n) => new Set([`key looked-up-${n}`])));
  expect(statements).toBe(1);
});
