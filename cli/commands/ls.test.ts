import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connect } from "#client/connect";
import { fillSearch } from "#server/models/search/fill";
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

const Rows = z.array(z.object({ key: z.string().nullable(), version: z.int().nullable() }));

const names = async (...args: string[]) => {
  const rows = Rows.parse(await shell.json(["ls", ...args]));
  return rows.map(({ key, version }) => (key === null ? "-" : `${key}@${version}`));
};

test("ls lists the latest version of each key, or all versions, newest first", async () => {
  expect(await names()).toEqual(["weekly-report@1", "daily-report@1", "daily-orders@2"]);
  expect(await names("--all")).toEqual(["-", "weekly-report@1", "daily-report@1", "daily-orders@2", "daily-orders@1"]);
});

test("warns once of an API key that the server ignores", async () => {
  const { code, stderr } = await shell.run(["ls", "--all", "--api-key", "for-another-server"]);
  expect(code).toBe(0);
  expect(stderr).toBe(`The server at ${shell.server.origin} has no API keys configured; the API key was ignored.\n`);
  expect((await shell.run(["ls"])).stderr).toBe("");
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
  [["type:markdown -key:weekly*"], ["daily-report@1"]],
  [["rows:>1 or key:weekly-report"], ["weekly-report@1", "daily-orders@2"]],
  [["--type", "markdown", "--", "-key:daily*"], ["weekly-report@1"]],
  [["by:me key:daily-report"], ["daily-report@1"]],
  [["by:!=me"], []],
])("ls %j", async (args, found) => {
  expect(await names(...args)).toEqual(found);
});

test("ls says how many versions its words are not looked for in yet", async () => {
  expect((await shell.run(["ls", "hi"])).stderr).toBe("5 versions not searched yet.\n");
  expect((await shell.run(["ls", "type:markdown"])).stderr).toBe("");
  while ((await fillSearch(shell.server.db, 16_384)) > 0);
  const { stdout, stderr } = await shell.run(["ls", "hi"]);
  expect([stdout.match(/\w+-report/g), stderr]).toEqual([["weekly-report", "daily-report"], ""]);
});

test("ls marks what is wrong with a query", async () => {
  const { code, stderr } = await shell.run(["ls", "rows:1", "typ:table"]);
  expect(code).toBe(2);
  expect(stderr).toContain('unknown operator "typ"; did you mean "type"?.\n  rows:1 typ:table\n         ^^^');
});

test("ls refuses a negation that reads like options", async () => {
  const { code, stderr } = await shell.run(["ls", "type:table", "-key:daily*"]);
  expect(code).toBe(2);
  expect(stderr).toContain("vitrine ls -- '-key:daily*'");
});

test("ls --view lists what a saved view shows, in its order", async () => {
  const { view } = connect({ url: shell.server.origin });
  const { id } = await view.create.mutate({ name: "By day", query: "key=daily&where=type!=image", sort: "KEY_ASC" });
  await view.create.mutate({ name: "No key", query: "keys=none", sort: "NUMBER_DESC" });
  expect(await names("--view", "By day")).toEqual(["daily-orders@2", "daily-report@1"]);
  expect(await names("--view", id, "--limit", "1")).toEqual(["daily-orders@2"]);
  expect(await names("--view", "No key")).toEqual(["-"]);
  const unknown = await shell.run(["ls", "--view", "By night"]);
  expect([unknown.code, unknown.stderr]).toEqual([
    3,
    expect.stringContaining('There is no view "By night"; there are'),
  ]);
  expect((await shell.run(["ls", "--view", "By day", "--all"])).code).toBe(2);
});

test("ls, versions and show print what was there at a timestamp", async () => {
  const vitrine = connect({ url: shell.server.origin });
  const { id, created } = await vitrine.artifact.create.mutate({ key: "past", type: "json", data: { n: 1 } });
  const { updated } = await vitrine.artifact.update.mutate({ id, data: { n: 2 } });
  await vitrine.artifact.create.mutate({ key: "past", data: 3 });
  await vitrine.collection.remove.mutate({ key: "past" });
  expect(await names("--as-of", created)).toContain("past@1");
  expect((await shell.run(["show", "past", "--raw", "--as-of", created])).stdout).toBe('{"n":1}');
  expect((await shell.run(["show", "past@1", "--raw", "--as-of", updated])).stdout).toBe('{"n":2}');
  expect(Rows.parse(await shell.json(["versions", "past", "--as-of", updated]))).toMatchObject([{ version: 1 }]);
  expect((await shell.run(["show", "past"])).code).toBe(3);
  expect((await shell.run(["ls", "--as-of", "2000-01-01T00:00:00Z"])).stderr).toMatch(/^Deletions and labels before/);
  expect((await shell.run(["ls", "--as-of", "Monday"])).code).toBe(2);
});

test("versions prints aligned columns without control characters, and notes that there are more", async () => {
  const { stdout, stderr } = await shell.run(["versions", "daily-orders", "--limit", "1"]);
  const [head, row, ...rest] = stdout.split("\n");
  expect(head).toMatch(/^KEY +VERSION +TYPE +CONTENT +CREATED +DESCRIPTION$/);
  expect(row).toMatch(/^daily-orders +2 +table +2 rows +20\d\d-\d\d-\d\d \d\d:\d\d:\d\d +Two rows$/);
  expect(rest).toEqual([""]);
  expect(stderr).toBe("There are more. To list all, use --limit 0.\n");
  expect((await shell.run(["ls", "--flow", "nothing"])).stdout).toBe("No artifacts found.\n");
});

test("versions lists the versions of one key and fails for a key that does not exist", async () => {
  expect(await shell.json(["versions", "daily-orders"])).toMatchObject([{ version: 2 }, { version: 1 }]);
  expect(await shell.run(["versions", "nothing"])).toMatchObject({ code: 3, stdout: "" });
});

test("open prints the URL, whether or not a browser can be started", async () => {
  const env = { BROWSER: "/nowhere/browser" };
  expect(await shell.run(["open", "daily-report"], { env })).toMatchObject({
    stdout: `${shell.server.origin}/artifacts/key/daily-report\n`,
    stderr: "Cannot start a browser. Open the URL yourself.\n",
  });
  const url = `${shell.server.origin}/artifacts`;
  expect(await shell.json(["open"], { env })).toEqual({ url, opened: false });
  expect(await shell.json(["open"], { env: { BROWSER: "true" } })).toEqual({ url, opened: true });
  expect(await shell.run(["open", "nothing"])).toMatchObject({ code: 3 });
});

test("watch prints new and changed versions of a key that does not exist yet", async () => {
  const vitrine = connect({ url: shell.server.origin });
  const { child, ended } = shell.start(["watch", "bar", "--json", "--count", "3"]);
  const [note] = await once(child.stderr ?? child, "data");
  expect(note).toBe("Watching bar (no versions yet)\n");
  await vitrine.artifact.create.mutate({ key: "other", data: 1 });
  const { id } = await vitrine.artifact.create.mutate({ key: "bar", type: "progress", data: 10 });
  await once(child.stdout ?? child, "data");
  await vitrine.artifact.update.mutate({ id, data: 60 });
  await once(child.stdout ?? child, "data");
  await vitrine.artifact.create.mutate({ key: "bar", data: 1 });
  const { code, stdout } = await ended;
  expect(code).toBe(0);
  const events = stdout.trimEnd().split("\n");
  expect(events.map((line) => JSON.parse(line))).toMatchObject([
    { event: "published", artifact: { version: 1, number: 10 } },
    { event: "changed", artifact: { version: 1, number: 60 } },
    { event: "published", artifact: { version: 2 } },
  ]);
});
