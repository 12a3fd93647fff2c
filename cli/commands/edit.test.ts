import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Vitrine } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
let vitrine: Vitrine;
beforeAll(async () => {
  shell = await openShell();
  vitrine = connect({ url: shell.server.origin });
});
afterAll(() => shell[Symbol.asyncDispose]());

const dataOf = async (key: string, version: number) =>
  (await shell.server.fetch(`/api/artifacts/key/${key}/${version}/data`)).text();

test("edit changes description, metadata and data in place", async () => {
  const { id } = await vitrine.json("edited", 1, { description: "old", metadata: { a: 1, b: "x" } });
  const file = await shell.file("new.json", '{"n": 1.0}');
  const metadata = ["-m", "a:=", "-m", "b:=null", "-m", "c=2"];
  const updated = await shell.json(["edit", "edited", "-d", "", ...metadata, "--data", file]);
  expect(updated).toMatchObject({ id, version: 1, description: null, metadata: { b: null, c: "2" } });
  expect(await dataOf("edited", 1)).toBe('{"n": 1.0}');
});

test("edit opens the data in an editor, and keeps the text if it cannot be saved", async () => {
  await shell.run(["push", "-", "-k", "opened"], { input: '{"n":9007199254740993,"a":1.0}' });
  const editWith = (editor: string) => shell.run(["edit", "opened@1"], { env: { EDITOR: editor } });
  expect(await editWith("true")).toMatchObject({ code: 0, stderr: "No changes.\n" });
  expect(await editWith("sed -i s/993/995/")).toMatchObject({ code: 0, stdout: "Updated opened@1.\n" });
  expect(await dataOf("opened", 1)).toBe('{\n  "n": 9007199254740995,\n  "a": 1.0\n}');
  expect(await editWith("sed -i s/995/no/")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^data\.json, line 2, column 21: invalid JSON, expected .*\. Your text is in \S+\.json\.$/m,
    ),
  });
  expect(await editWith("false")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("The editor (false) exited with 1."),
  });
  expect(await dataOf("opened", 1)).toContain("9007199254740995");
});

test("edit edits a string as plain text", async () => {
  await vitrine.markdown("text", '# "Hi"\n');
  const { stdout } = await shell.run(["edit", "text"], { env: { EDITOR: 'printf "more\\n" >>' } });
  expect(stdout).toBe("Updated text@1.\n");
  expect(await dataOf("text", 1)).toBe('"# \\"Hi\\"\\nmore\\n"');
});

test("edit rejects a version that was changed while the editor was open", async () => {
  const { id } = await vitrine.markdown("contested", "a");
  const editor = `curl -s -H content-type:application/json -d '{"id":"${id}","data":"b"}' ${shell.server.origin}/api/trpc/artifact.update >&2; echo c >`;
  expect(await shell.run(["edit", id], { env: { EDITOR: editor } })).toMatchObject({ code: 1, stdout: "" });
  expect(await dataOf("contested", 1)).toBe('"b"');
});

test("edit without an editor names the options", async () => {
  await vitrine.json("no-editor", 1);
  expect(await shell.run(["edit", "no-editor"])).toMatchObject({
    code: 2,
    stderr: "No editor found: set EDITOR, or use --data, --description or --metadata.\n",
  });
});

test("edit refuses data that does not fit the type of the version", async () => {
  await vitrine.markdown("typed", "# Hi");
  const file = await shell.file("a.csv", "a;b\n1;2\n");
  expect(await shell.run(["edit", "typed", "--data", file])).toMatchObject({
    code: 2,
    stderr: "a.csv does not fit the type markdown: it must be text.\n",
  });
  expect(await dataOf("typed", 1)).toBe('"# Hi"');
  await vitrine.table("typed-table", [{ x: 1 }]);
  expect(await shell.run(["edit", "typed-table", "--data", file])).toMatchObject({ code: 0 });
  expect(await dataOf("typed-table", 1)).toBe('[{"a":1,"b":2}]');
});

test("edit refuses an empty text, and in an editor data that no longer fits", async () => {
  await vitrine.artifact.create.mutate({ key: "half", type: "progress", data: 50 });
  const editWith = (editor: string) => shell.run(["edit", "half"], { env: { EDITOR: editor } });
  expect(await editWith("sed -i s/50/155/")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("does not fit the type progress"),
  });
  expect(await editWith("truncate -s 0")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^data\.json is empty\./),
  });
  expect(await dataOf("half", 1)).toBe("50");
});
