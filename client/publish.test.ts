import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "#contract/json";
import { between } from "#test/faulty-proxy";
import { type OpenDoor, openDoor } from "#test/http-server";
import { connect, type Vitrine } from "./connect";

let door: OpenDoor;
let vitrine: Vitrine;
beforeAll(async () => {
  door = await openDoor();
  vitrine = connect({ url: door.origin });
});
afterAll(() => door[Symbol.asyncDispose]());

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);
const SVG = '<?xml version="1.0"?>\n<!-- a dot -->\n<svg xmlns="http://www.w3.org/2000/svg"/>';
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64");

describe("publishing in one line", () => {
  test("gives each type its shape, with what is said about it", async () => {
    const about = { description: "Of **today**", metadata: { source: "shop" } };
    const rows = [{ city: "Oslo", at: new Date(0), note: undefined }, { city: "Bergen" }];
    const made = await Promise.all([
      vitrine.markdown("a-text", "# Hi", about),
      vitrine.table("a-table", rows, about),
      vitrine.table("columns", { city: ["Oslo"], orders: [41] }),
      vitrine.link("a-link", new URL("https://a.example/x"), "Words"),
      vitrine.json("a-json", { any: [1, null] }),
      vitrine.json(null, 1),
    ]);
    const stored = await Promise.all(made.map(({ id }) => vitrine.artifact.read.query({ id })));
    expect(stored.map(({ key, type, data }) => [key, type, data])).toEqual([
      ["a-text", "markdown", "# Hi"],
      ["a-table", "table", [{ city: "Oslo", at: "1970-01-01T00:00:00.000Z" }, { city: "Bergen" }]],
      ["columns", "table", { city: ["Oslo"], orders: [41] }],
      ["a-link", "link", { url: "https://a.example/x", text: "Words" }],
      ["a-json", "json", { any: [1, null] }],
      [null, "json", 1],
    ]);
    expect(stored[0]).toMatchObject(about);
  });

  test.each([
    ["bytes", PNG, `data:image/png;base64,${base64(PNG)}`],
    ["a buffer", new Uint8Array(PNG).buffer, `data:image/png;base64,${base64(PNG)}`],
    ["a blob", new Blob([PNG], { type: "image/x-own" }), `data:image/x-own;base64,${base64(PNG)}`],
    ["a drawing", new TextEncoder().encode(SVG), `data:image/svg+xml;base64,${base64(SVG)}`],
    ["an address", "https://a.example/dot.png", "https://a.example/dot.png"],
  ])("takes a picture as %s", async (_, source, data) => {
    const { id } = await vitrine.image("picture", source, { alt: "A dot", metadata: { wide: 1 } });
    expect(await vitrine.artifact.read.query({ id })).toMatchObject({
      type: "image",
      data,
      metadata: { wide: 1, alt: "A dot" },
    });
  });

  const circle: { self?: unknown } = {};
  circle.self = circle;
  test.each<[string, () => Promise<unknown>, string]>([
    ["a number that JSON has not", () => vitrine.table("no", [{ a: 1 }, { a: Number.NaN }]), "data[1].a"],
    ["a circle", () => vitrine.json("no", circle as Json), `data${".self".repeat(200)}`],
    ["a hole in a list", () => vitrine.json("no", [1, undefined]), "data[1]"],
    ["a picture that is none", () => vitrine.image("no", new Uint8Array([1]), { alt: "" }), "data"],
    ["a file's name for a picture", () => vitrine.image("no", "dot.png", { alt: "" }), "data"],
    ["a link that leads nowhere", () => vitrine.link("no", "javascript:alert(1)"), "url"],
  ])("refuses %s before it is sent", async (_, publish, field) => {
    await expect(publish()).rejects.toMatchObject({ code: "BAD_REQUEST", details: { field } });
    expect(await vitrine.artifact.count.query({ where: { artifacts: { key: { any: ["no"] } } } })).toBe(0);
  });
});

describe("progress", () => {
  test("moves in place, the last value always, few of those between", async () => {
    await using way = await between(door.origin);
    const through = connect({ url: way.url });
    {
      await using bar = through.progress("import", { description: "Rows" });
      for (let value = 0; value <= 73; value += 0.5) bar.set(value);
    }
    expect(await vitrine.collection.latest.query({ key: "import" })).toMatchObject({
      type: "progress",
      version: 1,
      number: 73,
      description: "Rows",
    });
    expect(way.asked.length).toBeLessThanOrEqual(3);
    const bar = through.progress("import");
    await bar.flush();
    const begun = Date.now();
    way.asked.length = 0;
    for (let value = 1; value <= 50; value++) {
      bar.set(value);
      await vitrine.artifact.count.query();
    }
    expect(way.asked.length).toBeLessThanOrEqual(2 + (Date.now() - begun) / 100);
    await bar.finish();
    expect(await vitrine.collection.latest.query({ key: "import" })).toMatchObject({ version: 2, number: 100 });
  });

  test("goes on after a failure, as one version", async () => {
    await using way = await between(door.origin);
    way.harm.push("lose");
    const bar = connect({ url: way.url, retries: 0 }).progress("shaky");
    bar.set(10);
    await expect(bar.flush()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    bar.set(20);
    await bar.flush();
    expect(await vitrine.collection.latest.query({ key: "shaky" })).toMatchObject({ version: 1, number: 20 });
    expect(() => bar.set(101)).toThrow("0 to 100");
  });
});

describe("with onError, publishing never breaks the job", () => {
  test("a store that is down costs a bounded wait and a word, also in runs, and errors of the job go on", async () => {
    const told: string[] = [];
    const down = connect({
      url: "http://127.0.0.1:1",
      timeout: 1000,
      onError: ({ code }, what) => told.push(`${code} ${what}`),
    });
    const begun = Date.now();
    const done = await down.run({ flow: "etl" }, async (run) => {
      expect(run.id).toBeNull();
      const bar = run.progress("bar");
      bar.set(50);
      bar.set(-1);
      expect(await run.run({ flow: "inner" }, (inner) => inner.id)).toBeNull();
      return run.task("load", async (task) => [
        await task.markdown("a", "b"),
        await task.key("c", z.string()).publish("d"),
      ]);
    });
    expect(done).toEqual([null, null]);
    expect(Date.now() - begun).toBeLessThan(4000);
    expect(told).toContain("SERVICE_UNAVAILABLE starting a run of etl");
    expect(told).toContain("SERVICE_UNAVAILABLE publishing a");
    expect(told).toContain("BAD_REQUEST moving bar");
    const job = down.run({ flow: "etl" }, () => Promise.reject(new TypeError("my own")));
    await expect(job).rejects.toThrow(new TypeError("my own"));
    // What is asked outright is not published: it says what happened.
    await expect(down.artifact.count.query()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });

  test("a run within a run goes on where the store went away between them", async () => {
    await using way = await between(door.origin);
    const warned = connect({ url: way.url, retries: 0, onError: () => {} });
    const inner = await warned.run({ flow: "outer" }, (run) => {
      way.harm.push({ status: 503, type: "text/html", body: "" });
      return run.run({ flow: "inner" }, async ({ id }) => [id, await run.json("unsent", 1)]);
    });
    expect(inner).toEqual([null, null]);
    const where = { flows: { name: { any: ["outer"] } } };
    expect(await vitrine.flowRun.list.query({ where })).toMatchObject([{ state: { type: "COMPLETED" } }]);
  });

  test("what is refused is told too", async () => {
    const told: string[] = [];
    const warned = connect({ url: door.origin, onError: ({ message }) => told.push(message) });
    expect(await warned.markdown("Upper", "x")).toBeNull();
    expect(told).toEqual([expect.stringContaining('"key" was refused')]);
    expect(await warned.markdown("lower", "x")).toMatchObject({ version: 1 });
  });
});
