import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
  const vitrine = connect({ url: shell.server.origin });
  await vitrine.run({ flow: "etl" }, async (run) => {
    await run.table("daily-orders", [{ a: 1 }]);
    await run.table("daily-orders", [{ a: 1 }, { a: 2 }], { description: "Two\n\x1b[31mrows" });
  });
  await vitrine.markdown("daily-report", "# Hi");
  await vitrine.markdown("weekly-report", "# Hi");
  await vitrine.artifact.create.mutate({ type: "json", data: 1 });
});
afterAll(() => shell[Symbol.asyncDispose]());

const names = async (...args: string[]) => {
  const rows = (await shell.json(["ls", ...args])) as { key: string | null; version: number | null }[]; // the contract's rows
  return rows.map(({ key, version }) => (key === null ? "-" : `${key}@${version}`));
};

test("ls lists the latest of each key, or every version, the newest first", async () => {
  expect(await names()).toEqual(["weekly-report@1", "daily-report@1", "daily-orders@2"]);
  expect(await names("--all")).toEqual(["-", "weekly-report@1", "daily-report@1", "daily-orders@2", "daily-orders@1"]);
});

test.each([
  [["--key", "daily-report"], ["daily-report@1"]],
  [["--key", "daily"], []],
  [
    ["--key", "daily-*"],
    ["daily-report@1", "daily-orders@2"],
  ],
  [
    ["--key", "*-report"],
    ["weekly-report@1", "daily-report@1"],
  ],
  [["--key", "d*y*o*s"], ["daily-orders@2"]],
  [["--type", "table", "--flow", "etl"], ["daily-orders@2"]],
  [["--type", "table", "--type", "markdown", "--limit", "1"], ["weekly-report@1"]],
  [["--flow", "nothing"], []],
])("ls %j", async (args, found) => {
  expect(await names(...args)).toEqual(found);
});

test("people get columns without anything that a terminal would act on, and are told that there is more", async () => {
  const { stdout, stderr } = await shell.run(["versions", "daily-orders", "--limit", "1"]);
  const [head, row, ...rest] = stdout.split("\n");
  expect(head).toMatch(/^KEY +VERSION +TYPE +HOLDS +CREATED +DESCRIPTION$/);
  expect(row).toMatch(/^daily-orders +2 +table +2 rows +20\d\d-\d\d-\d\d \d\d:\d\d:\d\d +Two �\[31mrows$/);
  expect(rest).toEqual([""]);
  expect(stderr).toBe("There are more: --limit 0 lists all.\n");
});

test("versions lists those of one key, and says when it is not there", async () => {
  const rows = await shell.json(["versions", "daily-orders"]);
  expect(rows).toMatchObject([{ version: 2 }, { version: 1 }]);
  expect(await shell.run(["versions", "nothing"])).toMatchObject({ code: 3, stdout: "" });
});

test("open tells the address and hands it to the browser", async () => {
  const env = { BROWSER: await shell.file("browser", '#!/bin/sh\necho "$1" > opened\n') };
  const { stdout } = await shell.run(["open", "daily-report"], { env: { BROWSER: "/nowhere/browser" } });
  expect(stdout).toBe(`${shell.server.origin}/artifacts/key/daily-report\n`);
  expect(env.BROWSER).toBe("browser");
  expect(await shell.json(["open"], { env: { BROWSER: "/nowhere/browser" } })).toEqual({
    url: `${shell.server.origin}/artifacts`,
    opened: false,
  });
  expect(await shell.run(["open", "nothing"])).toMatchObject({ code: 3 });
});

test("watch follows a key that is not there yet: each new version, and each change of one", async () => {
  const vitrine = connect({ url: shell.server.origin });
  const { child, ended } = shell.start(["watch", "bar", "--json", "--count", "3"]);
  await new Promise((follows) => child.stderr?.once("data", follows));
  await vitrine.artifact.create.mutate({ key: "other", data: 1 });
  const { id } = await vitrine.artifact.create.mutate({ key: "bar", type: "progress", data: 10 });
  await new Promise((told) => child.stdout?.once("data", told));
  await vitrine.artifact.update.mutate({ id, data: 60 });
  await new Promise((told) => child.stdout?.once("data", told));
  await vitrine.artifact.create.mutate({ key: "bar", data: 1 });
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { event: "published", artifact: { version: 1, number: 10 } },
    { event: "changed", artifact: { version: 1, number: 60 } },
    { event: "published", artifact: { version: 2 } },
  ]);
});
