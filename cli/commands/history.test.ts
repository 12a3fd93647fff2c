import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Vitrine } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
let vitrine: Vitrine;
beforeAll(async () => {
  shell = await openShell();
  vitrine = connect({ url: shell.server.origin, service: "etl" });
});
afterAll(() => shell[Symbol.asyncDispose]());

test("log shows who changed a key, what and why; revert undoes the last change, or one by its number", async () => {
  const { id } = await vitrine.json("edited", 1, { description: "one" });
  await vitrine.artifact.update.mutate({ id, description: "two", reason: "better" });
  await vitrine.json("edited", 2);
  expect(await shell.json(["edit", "edited@1", "--description", "three", "--reason", "best"])).toMatchObject({ id });
  const { stdout } = await shell.run(["log", "edited"]);
  expect(stdout.split("\n").map((line) => line.replace(/^[\d-]+ [\d:]+ /, "").replace(/ +/g, " "))).toEqual([
    "TIME ACTOR WHAT VERSION REVISION CHANGES AND REASON",
    " local (vitrine-cli) update 1 2 description: best",
    " local (etl) create 2",
    " local (etl) update 1 1 description: better",
    " local (etl) create 1",
    "",
  ]);
  expect(await shell.json(["revert", "edited@1", "--reason", "no"])).toMatchObject({ id, description: "two" });
  expect(await shell.run(["revert", id, "--revision", "1"])).toMatchObject({
    stdout: "Reverted edited@1 to what it was before change 1.\n",
  });
  expect(await shell.json(["log", "edited@1", "-n", "2"])).toMatchObject([
    { verb: "artifact.revert", after: { revertedTo: 1, description: "one" } },
    { verb: "artifact.revert", reason: "no", service: "vitrine-cli" },
  ]);
});

test("log and revert say what is missing", async () => {
  await vitrine.json("unedited", 1);
  expect(await shell.run(["revert", "unedited"])).toMatchObject({ code: 3, stderr: "unedited@1 was never edited.\n" });
  expect(await shell.run(["log", "nothing"])).toMatchObject({ code: 3, stderr: 'Key "nothing" has no versions.\n' });
  expect(await shell.run(["revert", "unedited", "--revision", "x"])).toMatchObject({ code: 2 });
});
