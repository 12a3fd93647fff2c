import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connect, type Vitrine } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
let vitrine: Vitrine;
beforeAll(async () => {
  shell = await openShell();
  vitrine = connect({ url: shell.server.origin });
});
afterAll(() => shell[Symbol.asyncDispose]());

const Removed = z.object({ removal: z.string() });

test("rm requires --yes without a terminal", async () => {
  await vitrine.json("unconfirmed", 1);
  expect(await shell.run(["rm", "unconfirmed"])).toEqual({
    code: 1,
    signal: null,
    stdout: "",
    stderr: "Delete unconfirmed with 1 version? To confirm without a terminal, add --yes.\n",
  });
  expect(await vitrine.collection.latest.query({ key: "unconfirmed" })).toMatchObject({ version: 1 });
});

test("rm deletes a version, and restore restores it by id or by version", async () => {
  const [first, second] = [await vitrine.json("one", 1), await vitrine.json("one", 2)];
  expect(await shell.json(["rm", "one@2", "--yes"])).toEqual({ id: second.id, key: "one", version: 2, latest: 1 });
  expect(await shell.json(["restore", "one@2"])).toMatchObject({ restored: [{ id: second.id }], versions: 1 });
  expect(await shell.run(["rm", first.id, "-y"])).toMatchObject({
    stdout: `Deleted one@1. Undo: vitrine restore ${first.id}\n`,
  });
  expect(await shell.run(["restore", first.id])).toMatchObject({ code: 0, stdout: "Restored one@1.\n" });
});

test("rm KEY@latest deletes only the latest version", async () => {
  await vitrine.json("last", 1);
  await vitrine.json("last", 2);
  expect(await shell.json(["rm", "last@latest", "--yes"])).toMatchObject({ version: 2, latest: 1 });
});

test("rm deletes a whole key, and restore restores it by the removal", async () => {
  for (const data of [1, 2, 3]) await vitrine.json("whole", data);
  const removed = await shell.json(["rm", "whole", "--yes"]);
  const { removal } = Removed.parse(removed);
  expect(removed).toEqual({ key: "whole", removal, versions: 3 });
  expect(await shell.run(["rm", "whole", "--yes"])).toMatchObject({ code: 3 });
  expect(await shell.json(["restore", removal])).toEqual({ versions: 3 });
  expect(await shell.run(["restore", removal])).toMatchObject({ code: 3, stderr: `${removal} is not in the trash.\n` });
});

test("restore names what it cannot find, and requires a version of a key", async () => {
  expect(await shell.run(["restore", "nothing@3"])).toMatchObject({
    code: 3,
    stderr: "nothing@3 is not in the trash.\n",
  });
  expect(await shell.run(["restore", "nothing"])).toMatchObject({
    code: 2,
    stderr: "Specify the version, as in nothing@3, or the id that rm or prune printed.\n",
  });
});
