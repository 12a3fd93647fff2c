import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Json } from "#contract/json";
import { openFaultyProxy } from "#test/faulty-proxy";
import { startHttpServer, type TestServer } from "#test/http-server";
import { connect, type Vitrine } from "./connect";

let server: TestServer;
let vitrine: Vitrine;
beforeAll(async () => {
  server = await startHttpServer();
  vitrine = connect({ url: server.origin });
});
afterAll(() => server[Symbol.asyncDispose]());

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);
const SVG = '<?xml version="1.0"?>\n<!-- a dot -->\n<svg xmlns="http://www.w3.org/2000/svg"/>';
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString("base64");

describe("publishing", () => {
  test("stores each type in its shape, with description and metadata", async () => {
    const options = { description: "Of **today**", metadata: { source: "shop" } };
    const rows = [{ city: "Oslo", at: new Date(0), note: undefined }, { city: "Bergen" }];
    const created = await Promise.all([
      vitrine.markdown("a-text", "# Hi", options),
      vitrine.table("a-table", rows, options),
      vitrine.table("columns", { city: ["Oslo"], orders: [41] }),
      vitrine.link("a-link", new URL("https://a.example/x"), "Words"),
      vitrine.json("a-json", { any: [1, null] }),
      vitrine.json(null, 1),
    ]);
    const stored = await Promise.all(created.map(({ id }) => vitrine.artifact.read.query({ id })));
    expect(stored.map(({ key, type, data }) => [key, type, data])).toEqual([
      ["a-text", "markdown", "# Hi"],
      ["a-table", "table", [{ city: "Oslo", at: "1970-01-01T00:00:00.000Z" }, { city: "Bergen" }]],
      ["columns", "table", { city: ["Oslo"], orders: [41] }],
      ["a-link", "link", { url: "https://a.example/x", text: "Words" }],
      ["a-json", "json", { any: [1, null] }],
      [null, "json", 1],
    ]);
    expect(stored[0]).toMatchObject(options);
  });

  test("publishes with ifChanged only what differs from the latest version", async () => {
    const schema = z.object({ n: z.number() });
    const first = await vitrine.json("if-changed", { n: 1 }, { ifChanged: true });
    expect(first).not.toHaveProperty("unchanged");
    expect(await vitrine.json("if-changed", { n: 1 }, { ifChanged: true })).toEqual({ ...first, unchanged: true });
    const published = await vitrine.key("if-changed", schema).publish({ n: 1 }, { ifChanged: true });
    expect(published).toMatchObject({ version: 1, unchanged: true });
    expect(await vitrine.json("if-changed", { n: 2 }, { ifChanged: true })).toMatchObject({ version: 2 });
    expect(await vitrine.artifact.makeLatest.mutate({ id: first.id })).toMatchObject({ version: 3, restoredFrom: 1 });
  });

  test.each([
    ["bytes", PNG, `data:image/png;base64,${base64(PNG)}`],
    ["a buffer", new Uint8Array(PNG).buffer, `data:image/png;base64,${base64(PNG)}`],
    ["a blob", new Blob([PNG], { type: "image/x-own" }), `data:image/x-own;base64,${base64(PNG)}`],
    ["an SVG", new TextEncoder().encode(SVG), `data:image/svg+xml;base64,${base64(SVG)}`],
    ["a URL", "https://a.example/dot.png", "https://a.example/dot.png"],
  ])("takes an image as %s", async (_, source, data) => {
    const { id } = await vitrine.image("image", source, { alt: "A dot", metadata: { wide: 1 } });
    expect(await vitrine.artifact.read.query({ id })).toMatchObject({
      type: "image",
      data,
      metadata: { wide: 1, alt: "A dot" },
    });
  });

  // As JavaScript calls it.
  const call =
    (method: "image" | "markdown" | "table", ...args: unknown[]) =>
    (): Promise<unknown> =>
      Reflect.apply(vitrine[method], vitrine, args);
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  test.each<[string, () => Promise<unknown>, string]>([
    ["a number that JSON does not have", () => vitrine.table("no", [{ a: 1 }, { a: Number.NaN }]), "data[1].a"],
    ["a cycle", () => vitrine.json("no", cycle as Json), "data.self"],
    ["undefined in a list", () => vitrine.json("no", [1, undefined]), "data[1]"],
    ["bytes that are not an image", () => vitrine.image("no", new Uint8Array([1]), { alt: "" }), "data"],
    ["a file name for an image", () => vitrine.image("no", "dot.png", { alt: "" }), "data"],
    ["an image without alternative text", call("image", "no", "https://a.example/dot.png"), "alt"],
    ["markdown that is no text", call("markdown", "no", { a: 1 }), "data"],
    ["a table that is a text", call("table", "no", "a,b"), "data"],
    ["a table of numbers", call("table", "no", [1, 2]), "data"],
    ["a table whose columns are no lists", call("table", "no", { a: 1 }), "data"],
    ["a link with an unsafe protocol", () => vitrine.link("no", "javascript:alert(1)"), "url"],
  ])("rejects %s before sending it", async (_, publish, field) => {
    await expect(publish()).rejects.toMatchObject({ code: "BAD_REQUEST", details: { field } });
    expect(await vitrine.artifact.count.query({ where: { artifacts: { key: { any: ["no"] } } } })).toBe(0);
  });
});

describe("progress", () => {
  test("updates in place, always sends the last value and few in between", async () => {
    await using proxy = await openFaultyProxy(server.origin);
    const viaProxy = connect({ url: proxy.url });
    {
      await using bar = viaProxy.progress("import", { description: "Rows" });
      for (let value = 0; value <= 73; value += 0.5) bar.set(value);
    }
    expect(await vitrine.collection.latest.query({ key: "import" })).toMatchObject({
      type: "progress",
      version: 1,
      number: 73,
      description: "Rows",
    });
    expect(proxy.requests.length).toBeLessThanOrEqual(3);
    const bar = viaProxy.progress("import");
    await bar.flush();
    const start = Date.now();
    proxy.requests.length = 0;
    for (let value = 1; value <= 50; value++) {
      bar.set(value);
      await vitrine.artifact.count.query();
    }
    expect(proxy.requests.length).toBeLessThanOrEqual(2 + (Date.now() - start) / 100);
    await bar.finish();
    expect(await vitrine.collection.latest.query({ key: "import" })).toMatchObject({ version: 2, number: 100 });
  });

  test("continues after an error, in the same version", async () => {
    await using proxy = await openFaultyProxy(server.origin);
    proxy.faults.push("drop");
    const bar = connect({ url: proxy.url, retries: 0 }).progress("shaky");
    bar.set(10);
    await expect(bar.flush()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    bar.set(20);
    await bar.flush();
    expect(await vitrine.collection.latest.query({ key: "shaky" })).toMatchObject({ version: 1, number: 20 });
    expect(() => bar.set(101)).toThrow("from 0 to 100");
  });
});

describe("onError", () => {
  test("reports an unreachable server after a bounded wait, and lets errors of the work through", async () => {
    const reported: string[] = [];
    const down = connect({
      url: "http://127.0.0.1:1",
      timeout: 1000,
      onError: ({ code }, action) => reported.push(`${code} ${action}`),
    });
    const start = Date.now();
    const results = await down.run({ flow: "etl" }, async (run) => {
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
    expect(results).toEqual([null, null]);
    expect(Date.now() - start).toBeLessThan(4000);
    expect(reported).toContain("SERVICE_UNAVAILABLE starting a run of etl");
    expect(reported).toContain("SERVICE_UNAVAILABLE publishing a");
    expect(reported).toContain("BAD_REQUEST updating bar");
    const job = down.run({ flow: "etl" }, () => Promise.reject(new TypeError("my own")));
    await expect(job).rejects.toThrow(new TypeError("my own"));
    // Procedures reject.
    await expect(down.artifact.count.query()).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });

  test("runs the work of a nested run whose creation failed", async () => {
    await using proxy = await openFaultyProxy(server.origin);
    const reporting = connect({ url: proxy.url, retries: 0, onError: () => {} });
    const inner = await reporting.run({ flow: "outer" }, (run) => {
      proxy.faults.push({ status: 503, type: "text/html", body: "" });
      return run.run({ flow: "inner" }, async ({ id }) => [id, await run.json("unsent", 1)]);
    });
    expect(inner).toEqual([null, null]);
    const where = { flows: { name: { any: ["outer"] } } };
    expect(await vitrine.flowRun.list.query({ where })).toMatchObject([{ state: { type: "COMPLETED" } }]);
  });

  test("reports input that the server rejects", async () => {
    const reported: string[] = [];
    const reporting = connect({ url: server.origin, onError: ({ message }) => reported.push(message) });
    expect(await reporting.markdown("Upper", "x")).toBeNull();
    expect(reported).toEqual([expect.stringContaining('"key"')]);
    expect(await reporting.markdown("lower", "x")).toMatchObject({ version: 1 });
  });
});
