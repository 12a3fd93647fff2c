import { expect, it } from "vitest";
import { RawJson } from "#contract/raw-json";
import { callerOn } from "#test/caller";
import { databaseOfFile } from "#test/database";
import { readShared } from "./shared-data";

const found = (sha256: string | null) => ({ sha256, data: RawJson.fromText("1") });

it("is read once by all who need it at the same time, and again by those who find it changed", async () => {
  let reads = 0;
  const read = (sha256: string) => async () => {
    reads += 1;
    return found(sha256);
  };
  const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => readShared("one", read("one"))));
  expect(reads).toBe(1);
  for (const other of others) expect(other?.data).toBe(first?.data);
  expect((await readShared("one", read("one")))?.data).toBe(first?.data);
  expect(reads).toBe(1);
  const [changed, again] = await Promise.all([readShared("two", read("new")), readShared("two", read("new"))]);
  expect([reads, changed?.sha256, again?.sha256]).toEqual([3, "new", "new"]);
  expect((await readShared("two", read("two")))?.sha256).toBe("two");
});

it("is read by each where its hash is not known, and after an error or nothing", async () => {
  let reads = 0;
  const fail = async () => {
    reads += 1;
    throw new Error("lost");
  };
  const results = await Promise.allSettled([readShared("lost", fail), readShared("lost", fail)]);
  expect([reads, results.map(({ status }) => status)]).toEqual([2, ["rejected", "rejected"]]);
  // After an error the next one reads, and the others wait for it.
  let [under, most] = [0, 0];
  const failSlowly = async () => {
    most = Math.max(most, ++under);
    await new Promise((resolve) => setImmediate(resolve));
    under -= 1;
    return fail();
  };
  await Promise.allSettled(Array.from({ length: 5 }, () => readShared("slow", failSlowly)));
  expect([reads, most]).toEqual([7, 1]);
  expect(await readShared("lost", async () => null)).toBe(null);
  const own = await Promise.all([null, null].map((none) => readShared(none, async () => found(none))));
  expect(own[0]?.data).not.toBe(own[1]?.data);
});

const fresh = await databaseOfFile();
const call = callerOn(fresh);

it("large data is that of its version, also where it changes meanwhile", async () => {
  const dataOf = (n: number) => `${n}`.repeat(5_000_000 / `${n}`.length);
  const { id } = await call.artifact.create({ key: "large", data: dataOf(0) });
  for (let n = 1; n < 4; n++) {
    const reads = Promise.all(Array.from({ length: 4 }, () => call.artifact.read({ id })));
    const [updated] = await Promise.all([call.artifact.update({ id, data: dataOf(n) }), reads]);
    for (const { sha256, data } of await reads) {
      const expected = sha256 === updated.sha256 ? n : n - 1;
      expect(JSON.stringify(data).slice(0, 3)).toBe(`"${`${expected}`.repeat(2)}`);
    }
    const { data, sha256 } = await call.collection.latest({ key: "large" });
    expect([sha256, JSON.stringify(data)]).toEqual([updated.sha256, `"${dataOf(n)}"`]);
  }
});

it("large data comes with the fields of the version that has it, where it changes between both", async () => {
  const { id, sha256 } = await call.artifact.create({ key: "changed", data: "a".repeat(5_000_000) });
  let give = (_: null) => {};
  const others = readShared(sha256, () => new Promise<null>((resolve) => (give = resolve)));
  const reading = call.artifact.read({ id });
  // It has its first row before these end, and waits for the others.
  for (let n = 0; n < 5; n++) await call.collection.list();
  const updated = await call.artifact.update({ id, data: "b".repeat(5_000_001) });
  give(null);
  await others;
  const { data, ...read } = await reading;
  expect([read.sha256, read.size, JSON.stringify(data).slice(0, 2)]).toEqual([updated.sha256, 5_000_003, '"b']);
});

it("large data of several keys is read at once with the fields of each, and within reach", async () => {
  const data = "p".repeat(6_000_000);
  const keys = ["secret/plan", "public/plan", "public/copy"];
  const ids = new Map<string, string>();
  for (const key of keys) ids.set(key, (await call.artifact.create({ key, data, description: "old" })).id);
  const limited = callerOn(fresh, "read", "public/*");
  const idOf = (key: string) => ({ id: ids.get(key) ?? "" });
  for (const order of [keys, keys.toReversed()]) {
    const reads = order.map((key) => (key.startsWith("public/") ? limited : call).artifact.read(idOf(key)));
    const refused = limited.artifact.read(idOf("secret/plan")).catch(({ code }) => code);
    expect((await Promise.all(reads)).map(({ key, id }) => [key, id])).toEqual(order.map((key) => [key, ids.get(key)]));
    expect(await refused).toBe("NOT_FOUND");
  }
  for (const description of ["a", "b", "c"]) {
    const earlier = call.artifact.read(idOf("public/plan"));
    await call.artifact.update({ ...idOf("public/plan"), description });
    expect((await call.artifact.read(idOf("public/plan"))).description).toBe(description);
    await earlier;
  }
});
