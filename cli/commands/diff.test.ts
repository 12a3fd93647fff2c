import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
  const vitrine = connect({ url: shell.server.origin });
  await vitrine.markdown("text", "# Hi\nall well\nend\n", { description: "a" });
  await vitrine.markdown("text", "# Hi\nall quite well\nend\n", { description: "b" });
  await vitrine.table("table", [
    { city: "Oslo", n: 1 },
    { city: "Bergen", n: 2 },
  ]);
  await vitrine.table("table", [
    { city: "Oslo", n: 3 },
    { city: "Rome", n: 2 },
  ]);
  for (const input of ['{"n":9007199254740992,"b":{"c":[1]}}', '{"n":9007199254740993,"b":{"c":[1,2]}}']) {
    await shell.run(["push", "-", "-k", "json"], { input });
  }
});
afterAll(() => shell[Symbol.asyncDispose]());

const diff = async (...args: string[]) => (await shell.run(["diff", ...args])).stdout;

test("compares text by line, and the descriptions", async () => {
  expect(await diff("text@1", "text")).toBe(
    "text@1 → text@2\n\ndata: 1 line changed\n  # Hi\n- all well\n+ all quite well\n  end\n\ndescription: 1 line added, 1 removed\n- a\n+ b\n",
  );
  expect(await diff("text@1", "text@1")).toBe("text@1 → text@1: no differences\n");
});

test("compares tables by row, or in another mode", async () => {
  expect(await diff("table@1", "table@2")).toBe(
    "table@1 → table@2\n\ndata: 1 row added, 1 removed, 1 cell changed\n~ Oslo: n 1 → 3 (+2)\n- city: Bergen, n: 2\n+ city: Rome, n: 2\n",
  );
  expect(await diff("table@1", "table@2", "--mode", "paths")).toContain("[0].n: 1 → 3");
  expect(await diff("table@1", "table@2", "--way", "paths")).toContain("[0].n: 1 → 3");
  expect(await shell.run(["diff", "table@1", "table@2", "--mode", "cells"])).toMatchObject({
    code: 2,
    stderr: 'Invalid --mode "cells": use parts, rows, paths, lines.\n',
  });
});

test("compares tables by a key, within a tolerance, in an order and with renamed columns", async () => {
  const rows = '[{"id":1,"a":"x","n":10},{"id":2,"a":"y","n":100}]';
  const changed = '[{"id":1,"a":"x","m":20},{"id":2,"a":"z","m":100.5}]';
  for (const input of [rows, changed]) {
    await shell.run(["push", "-", "-k", "options", "--type", "table"], { input });
  }
  const lines = async (...args: string[]) => (await diff("options@1", "options@2", ...args)).split("\n").slice(2, -1);
  expect(await lines()).toEqual([
    "data: 1 cell changed, 1 column added, 1 removed",
    ...["- column n", "+ column m", "~ 2: a y → z"],
  ]);
  expect((await shell.run(["diff", "options@1", "options@2", "--rename", "n=m"])).stderr).toBe("");
  expect(await lines("--rename", "n=m")).toEqual([
    "data: 3 cells changed, 1 column renamed",
    ...["~ column n → m", "~ 1: m 10 → 20 (+10)", "~ 2: a y → z, m 100 → 100.5 (+0.5)"],
  ]);
  expect(await lines("--rename", "n=m", "--tolerance", "1%", "--order", "largest")).toEqual([
    "data: 2 cells changed, 1 column renamed",
    ...["~ column n → m", "~ 1: m 10 → 20 (+10)", "~ 2: a y → z"],
  ]);
  expect(await lines("--key", "a")).toContain("- id: 2, a: y, n: 100, m: ");
  expect(await lines("--key", "-")).toContain("~ row 2: a y → z");
  const invalid = [
    ["--tolerance", "2%"],
    ["--order", "up"],
    ["--rename", "n"],
  ];
  const results = await Promise.all(invalid.map((args) => shell.run(["diff", "options@1", "options@2", ...args])));
  expect(results.map(({ code, stderr }) => [code, stderr])).toEqual([
    [2, 'Invalid --tolerance "2%": use exact, 1e-9, 1%.\n'],
    [2, 'Invalid --order "up": use table, largest.\n'],
    [2, 'Invalid --rename "n": use OLD=NEW.\n'],
  ]);
});

test("compares JSON by path, and all digits of numbers", async () => {
  expect(await diff("json@1", "json@2")).toContain("~ n: 9007199254740992 → 9007199254740993\n+ b.c[1]: 2\n");
  expect(await shell.json(["diff", "json@1", "json@2"])).toMatchObject({
    from: { key: "json", version: 1 },
    to: { key: "json", version: 2 },
    data: { kind: "json", added: 1, changed: 1, changes: [{ path: "n" }, { path: "b.c[1]" }] },
    description: { kind: "same" },
    metadata: { kind: "same" },
    cuts: [],
  });
});

test("exits with 1 for differences only with --exit-code, and with 3 for a missing version", async () => {
  const commands = [
    ["json@1", "json@2", "--exit-code"],
    ["json@1", "json@1", "--exit-code"],
    ["json@1", "json@2"],
    ["json@1", "json@3"],
  ];
  const results = await Promise.all(commands.map((args) => shell.run(["diff", ...args])));
  expect(results.map(({ code }) => code)).toEqual([1, 0, 0, 3]);
});
