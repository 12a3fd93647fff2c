import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { connect, type Vitrine } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
let vitrine: Vitrine;
beforeAll(async () => {
  shell = await openShell();
  vitrine = connect({ url: shell.server.origin });
  const items = ["prune-a", "prune-b", "other"].flatMap((key) => [1, 2, 3, 4].map((data) => ({ key, data })));
  await vitrine.artifact.createMany.mutate({ items });
});
afterAll(() => shell[Symbol.asyncDispose]());

const Result = z.object({ removals: z.array(z.string()) });

const versionsOf = async (key: string) => {
  const rows = await vitrine.artifact.list.query({ where: { artifacts: { key: { any: [key] } } } });
  return rows.map(({ version }) => version ?? 0).sort((a, b) => a - b);
};

test("prune --dry-run deletes nothing, and prune requires --yes without a terminal", async () => {
  const args = ["prune", "--keep-last", "2", "--key", "prune-*"];
  const result = { versions: 4, keys: 2, bytes: 4, dryRun: true, removals: [] };
  expect(await shell.json([...args, "--dry-run"])).toEqual(result);
  expect((await shell.run([...args, "--dry-run"])).stdout).toBe("Would delete 4 versions of 2 keys (4 B).\n");
  expect(await shell.run(args)).toMatchObject({ code: 1, stderr: expect.stringContaining("add --yes") });
  expect(await versionsOf("prune-a")).toEqual([1, 2, 3, 4]);
});

test("prune keeps the newest versions of each matching key; restore undoes it", async () => {
  const result = await shell.json(["prune", "--keep-last", "2", "--key", "prune-*", "--yes", "--reason", "Old"]);
  const [removal = ""] = Result.parse(result).removals;
  expect(result).toEqual({ versions: 4, keys: 2, bytes: 4, dryRun: false, removals: [removal] });
  expect(await versionsOf("prune-a")).toEqual([3, 4]);
  expect(await versionsOf("prune-b")).toEqual([3, 4]);
  expect(await versionsOf("other")).toEqual([1, 2, 3, 4]);
  expect(await shell.json(["restore", removal, "--reason", "Needed"])).toEqual({ versions: 4 });
  const { items } = await vitrine.collection.history.query({ key: "prune-a", limit: 3 });
  expect(items.map(({ verb, reason }) => [verb, reason])).toEqual([
    ["artifact.restore", "Needed"],
    ["artifact.remove", "Old"],
    ["artifact.remove", "Old"],
  ]);
});

test("prune --older-than deletes old versions, but never the latest", async () => {
  await shell.server.db.execute(
    "update artifact set created = created - interval '3 days' where key = 'prune-b' and version <> 3",
  );
  await shell.run(["prune", "--older-than", "2d", "--key", "prune-*", "--yes"]);
  expect(await versionsOf("prune-a")).toEqual([1, 2, 3, 4]);
  expect(await versionsOf("prune-b")).toEqual([3, 4]);
});

test("prune deletes more than a thousand versions, in several removals", async () => {
  const items = Array.from({ length: 700 }, (_, data) => ({ key: "many", data }));
  for (const _ of [1, 2]) await vitrine.artifact.createMany.mutate({ items });
  const result = await shell.json(["prune", "--keep-last", "1", "--key", "many", "-y"]);
  expect(result).toMatchObject({ versions: 1399, removals: [expect.any(String), expect.any(String)] });
  expect(await versionsOf("many")).toEqual([1400]);
});

test("prune keeps labelled versions, unless each of their labels is forced", async () => {
  const items = Array.from({ length: 4 }, (_, data) => ({ key: "kept", data }));
  await vitrine.artifact.createMany.mutate({ items });
  for (const [label, version] of [
    ["production", 1],
    ["staging", 2],
    ["golden", 2],
  ] as const) {
    await vitrine.collection.label.mutate({ key: "kept", label, version });
  }
  const prune = (...force: string[]) => shell.run(["prune", "--keep-last", "1", "--key", "kept", "-y", ...force]);
  expect((await prune()).code).toBe(0);
  expect(await versionsOf("kept")).toEqual([1, 2, 4]);
  await prune("--force", "production", "--force", "staging");
  expect(await versionsOf("kept")).toEqual([2, 4]);
  await prune("--force", "staging", "--force", "golden");
  expect(await versionsOf("kept")).toEqual([4]);
});

test("prune exits with 0 when there is nothing to delete", async () => {
  expect(await shell.run(["prune", "--keep-last", "9", "--key", "other"])).toMatchObject({
    code: 0,
    stdout: "No versions to delete.\n",
  });
});
