import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

describe("edit changes a version in place", () => {
  test("its description, metadata and data", async () => {
    const { id } = await vitrine.json("edited", 1, { description: "old", metadata: { a: 1, b: "x" } });
    const file = await shell.file("new.json", '{"n": 1.0}');
    const changed = await shell.json([
      "edit",
      "edited",
      "-d",
      "",
      "-m",
      "a:=",
      "-m",
      "b:=null",
      "-m",
      "c=2",
      "--data",
      file,
    ]);
    expect(changed).toMatchObject({ id, version: 1, description: null, metadata: { b: null, c: "2" } });
    expect(await dataOf("edited", 1)).toBe('{"n": 1.0}');
  });

  test("its data in an editor, whose text is kept where it cannot be taken", async () => {
    await shell.run(["push", "-", "-k", "opened"], { input: '{"n":9007199254740993,"a":1.0}' });
    const by = (script: string) => shell.run(["edit", "opened@1"], { env: { EDITOR: script } });
    expect(await by("true")).toMatchObject({ code: 0, stderr: "Nothing was changed.\n" });
    expect(await by("sed -i s/993/995/")).toMatchObject({ code: 0, stdout: "Changed opened@1.\n" });
    expect(await dataOf("opened", 1)).toBe('{\n  "n": 9007199254740995,\n  "a": 1.0\n}');
    const refused = await by("sed -i s/995/no/");
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/no JSON.*What you wrote is in \S+\.json\.$/m),
    });
    expect(await by("false")).toMatchObject({ code: 1 });
    expect(await dataOf("opened", 1)).toContain("9007199254740995");
  });

  test("and does not overwrite what somebody changed meanwhile", async () => {
    const { id } = await vitrine.markdown("contested", "a");
    const call = `curl -s -H content-type:application/json -d '{"id":"${id}","data":"b"}' ${shell.server.origin}/api/trpc/artifact.update >&2; echo c >`;
    expect(await shell.run(["edit", id], { env: { EDITOR: call } })).toMatchObject({ code: 1, stdout: "" });
    expect(await dataOf("contested", 1)).toBe('"b"');
  });
});

describe("rm and restore", () => {
  test("nothing goes without a yes where nobody can answer", async () => {
    await vitrine.json("asked", 1);
    expect(await shell.run(["rm", "asked"])).toEqual({
      code: 1,
      signal: null,
      stdout: "",
      stderr: "Move asked with 1 version to the trash? Nobody is here to answer: add --yes.\n",
    });
    expect(await vitrine.collection.latest.query({ key: "asked" })).toMatchObject({ version: 1 });
  });

  test("one version goes and comes back by its id or its name", async () => {
    const [first, second] = [await vitrine.json("one", 1), await vitrine.json("one", 2)];
    const gone = await shell.json(["rm", "one@2", "--yes"]);
    expect(gone).toEqual({ id: second.id, key: "one", version: 2, latest: 1 });
    expect(await shell.json(["restore", "one@2"])).toMatchObject({ restored: [{ id: second.id }], versions: 1 });
    await shell.run(["rm", first.id, "-y"]);
    expect(await shell.run(["restore", first.id])).toMatchObject({ code: 0, stdout: "Restored one@1.\n" });
  });

  test("a whole key goes and comes back by its removal", async () => {
    for (const data of [1, 2, 3]) await vitrine.json("whole", data);
    const gone = (await shell.json(["rm", "whole", "--yes"])) as { removal: string }; // the contract's answer
    expect(gone).toEqual({ key: "whole", removal: expect.any(String), versions: 3 });
    expect(await shell.run(["rm", "whole", "--yes"])).toMatchObject({ code: 3 });
    expect(await shell.json(["restore", gone.removal])).toEqual({ versions: 3 });
    expect(await shell.run(["restore", gone.removal])).toMatchObject({ code: 3, stdout: "" });
  });
});

describe("prune", () => {
  const living = async (key: string) => {
    const rows = await vitrine.artifact.list.query({ where: { artifacts: { key: { any: [key] } } } });
    return rows.map(({ version }) => version ?? 0).sort((a, b) => a - b);
  };

  beforeAll(async () => {
    const items = ["prune-a", "prune-b", "other"].flatMap((key) => [1, 2, 3, 4].map((data) => ({ key, data })));
    await vitrine.artifact.createMany.mutate({ items });
  });

  test("says what would go, and asks before it does", async () => {
    const args = ["prune", "--keep-last", "2", "--key", "prune-*"];
    expect(await shell.json([...args, "--dry-run"])).toEqual({
      versions: 4,
      keys: 2,
      bytes: 4,
      dryRun: true,
      removals: [],
    });
    expect(await shell.run(args)).toMatchObject({ code: 1, stderr: expect.stringContaining("add --yes") });
    expect(await living("prune-a")).toEqual([1, 2, 3, 4]);
  });

  test("keeps the newest of each key that matches; the removal brings the rest back", async () => {
    const told = await shell.json(["prune", "--keep-last", "2", "--key", "prune-*", "--yes"]);
    const { removals } = told as { removals: [string] }; // as it says above
    expect(told).toEqual({ versions: 4, keys: 2, bytes: 4, dryRun: false, removals: [expect.any(String)] });
    expect([await living("prune-a"), await living("prune-b"), await living("other")]).toEqual([
      ...[
        [3, 4],
        [3, 4],
        [1, 2, 3, 4],
      ],
    ]);
    expect(await shell.json(["restore", removals[0]])).toEqual({ versions: 4 });
  });

  test("lets go of what is old, never of the latest", async () => {
    await shell.server.db.execute(
      "update artifact set created = created - interval '3 days' where key = 'prune-b' and version <> 3",
    );
    await shell.run(["prune", "--older-than", "2d", "--key", "prune-*", "--yes"]);
    expect([await living("prune-a"), await living("prune-b")]).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
  });

  test("takes any number, a thousand at a time", async () => {
    const items = Array.from({ length: 700 }, (_, data) => ({ key: "many", data }));
    for (const _ of [1, 2]) await vitrine.artifact.createMany.mutate({ items });
    const told = await shell.json(["prune", "--keep-last", "1", "--key", "many", "-y"]);
    expect(told).toMatchObject({ versions: 1399, removals: [expect.any(String), expect.any(String)] });
    expect(await living("many")).toEqual([1400]);
  });
});
