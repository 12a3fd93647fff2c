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
  expect(await shell.run(["restore", removal])).toMatchObject({
    code: 3,
    stderr: `${removal} is not in the trash; vitrine trash lists what is.\n`,
  });
});

test("trash lists deleted versions, and restore KEY restores what was deleted last", async () => {
  for (const data of [1, 2, 3]) await vitrine.json("trashed", data, { description: "x" });
  await shell.run(["rm", "trashed@1", "--yes"]);
  const removed = Removed.parse(await shell.json(["rm", "trashed", "--yes"]));
  const { stdout } = await shell.run(["trash", "--key", "trash*"]);
  expect(stdout.split("\n").map((line) => line.trim().split(/ {2,}/))).toEqual([
    ["VERSION", "TYPE", "CONTENT", "DELETED", "REMOVAL"],
    ...[3, 2].map((version) => [`trashed@${version}`, "json", `${version}`, expect.any(String), removed.removal]),
    ["trashed@1", "json", "1", expect.any(String), expect.any(String)],
    [""],
  ]);
  expect(await shell.json(["trash", "--key", "trashed", "--limit", "1"])).toMatchObject([
    { key: "trashed", version: 3 },
  ]);
  expect(await shell.json(["restore", "trashed"])).toEqual({ key: "trashed", versions: 2 });
  expect((await shell.run(["restore", "trashed"])).stdout).toBe("Restored trashed with 1 version.\n");
  expect((await shell.run(["trash", "-k", "trashed"])).stdout).toBe("The trash has no such versions.\n");
});

test("restore KEY leaves other keys of the same removal in the trash", async () => {
  const ids = [await vitrine.json("pair-a", 1), await vitrine.json("pair-b", 1)].map(({ id }) => id);
  await vitrine.artifact.removeMany.mutate({ ids });
  expect(await shell.json(["restore", "pair-a"])).toEqual({ key: "pair-a", versions: 1 });
  expect(await shell.json(["trash", "-k", "pair-*"])).toMatchObject([{ key: "pair-b" }]);
});

test("restore names what it cannot find", async () => {
  for (const name of ["nothing@3", "nothing"]) {
    expect(await shell.run(["restore", name])).toMatchObject({
      code: 3,
      stderr: `${name} is not in the trash; vitrine trash lists what is.\n`,
    });
  }
});
