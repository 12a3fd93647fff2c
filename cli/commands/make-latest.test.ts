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

test("push --if-changed publishes only what differs from the latest version", async () => {
  const push = (data: string, ...options: string[]) =>
    shell.run(["push", "-", "-t", "json", "-k", "changing", ...options], { input: data });
  const pushed = await push("[1, 2.0]", "--if-changed");
  expect(pushed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^changing@1 {2}http/) });
  const same = await push("[1, 2.0]", "--if-changed");
  expect(same).toMatchObject({ code: 0, stdout: expect.stringMatching(/^changing@1 \(unchanged\) {2}http/) });
  expect(await push("[1, 2]", "--if-changed")).toMatchObject({ stdout: expect.stringMatching(/^changing@2 {2}/) });
  expect(await push("[1, 2]")).toMatchObject({ stdout: expect.stringMatching(/^changing@3 {2}/) });
  const described = ["push", "-", "-t", "json", "-k", "changing", "--if-changed", "-d", "Other"];
  expect(await shell.json(described, { input: "[1, 2]" })).toMatchObject({ version: 4, description: "Other" });
  expect(await shell.json(described, { input: "[1, 2]" })).toMatchObject({ version: 4, unchanged: true });
  const keyless = await shell.run(["push", "-", "--if-changed"], { input: "1" });
  expect(keyless).toMatchObject({ code: 2, stderr: expect.stringContaining("--if-changed requires --key.") });
});

test("tag changes the tags of a key or a version, lists both, and ls finds them", async () => {
  const tag = (...args: string[]) => shell.run(["tag", ...args]);
  const pushed = ["push", "-", "-t", "json", "-k", "tagged", "--tag", "raw", "--tag", "eu"];
  expect(await shell.json(pushed, { input: "1" })).toMatchObject({ version: 1, tags: ["eu", "raw"] });
  expect(await tag("tagged", "finance", "eu")).toMatchObject({ code: 0, stdout: "tagged: eu, finance\n" });
  expect(await tag("tagged@1", "checked", "--reason", "Read it")).toMatchObject({
    stdout: "tagged@1: checked, eu, raw\n",
  });
  expect(await tag("tagged@1", "eu", "--remove")).toMatchObject({ stdout: "tagged@1: checked, raw\n" });
  expect((await tag("tagged")).stdout).toBe("TAG      OF\neu       key\nfinance  key\nchecked  v1\nraw      v1\n");
  expect((await shell.run(["show", "tagged"])).stdout).toMatch(/^tags +checked, raw$/m);
  expect((await shell.run(["ls", "--tag", "finance", "--tag", "raw"])).stdout).toMatch(/^tagged /m);
  expect((await shell.run(["ls", "--tag", "finance", "--tag", "none"])).stdout).toBe("No artifacts found.\n");
  expect(await tag("tagged", "finance", "eu", "--remove")).toMatchObject({ stdout: "tagged has no tags.\n" });
  expect(await tag("no-such-key", "a")).toMatchObject({ code: 3 });
  expect(await tag("tagged", "--remove")).toMatchObject({ code: 2 });
  expect(await tag("tagged", "a".repeat(65))).toMatchObject({ code: 1, stderr: expect.stringContaining("add") });
});

test("label names a version, lists and removes labels, and KEY@LABEL refers to it", async () => {
  for (const data of ["first", "second", "third"]) await vitrine.markdown("labelled", data);
  const label = (...args: string[]) => shell.run(["label", ...args]);
  expect(await label("labelled@1", "production")).toMatchObject({ code: 0, stdout: "labelled@production is v1.\n" });
  expect(await label("labelled@2", "production", "--if", "none")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("names v1"),
  });
  expect(await label("labelled@2", "production", "--if", "1", "--reason", "Approved")).toMatchObject({
    stdout: "labelled@production is v2, before v1.\n",
  });
  expect(await label("labelled", "newest")).toMatchObject({ stdout: "labelled@newest is v3.\n" });
  expect((await label("labelled")).stdout).toMatch(/^LABEL +VERSION +SET\nnewest +3 .*\nproduction +2 /);
  expect((await shell.run(["show", "labelled@production"])).stdout).toMatch(/second$/m);
  expect((await shell.run(["show", "labelled@production", "--raw"])).stdout).toBe('"second"');
  expect(await shell.run(["show", "labelled@staging"])).toMatchObject({ code: 3 });
  expect((await shell.run(["restore", "labelled@production"])).code).toBe(2);
  expect(await label("labelled", "newest", "--remove")).toMatchObject({ stdout: "labelled@newest is not set.\n" });
  for (const args of [
    ["labelled@2"],
    ["labelled@2", "production", "--remove"],
    ["labelled", "latest"],
    ["labelled", "production", "--if", "0"],
  ]) {
    expect(await label(...args)).toMatchObject({ code: 2 });
  }
  expect(await label("labelled", "Production")).toMatchObject({ code: 1, stderr: expect.stringContaining("label") });
  expect(await shell.run(["rm", "labelled@2", "--yes"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("labelled@2 (production)"),
  });
  expect(await shell.run(["rm", "labelled@production", "--yes", "--force", "production"])).toMatchObject({ code: 0 });
  expect(await shell.run(["restore", "labelled@2"])).toMatchObject({ code: 0 });
  expect(await shell.json(["label", "labelled"])).toMatchObject([{ label: "production", version: 2 }]);
});

test("make-latest publishes a copy, and nothing where it would be the same", async () => {
  for (const data of ["first", "second"]) await vitrine.markdown("made", data);
  expect(await shell.run(["make-latest", "made@1"])).toMatchObject({
    code: 0,
    stdout: `made@3, restored from v1  ${shell.server.origin}/artifacts/key/made?version=3\n`,
  });
  const { stdout } = await shell.run(["show", "made"]);
  expect(stdout).toMatch(/^restored from {2}v1$/m);
  expect(stdout).toMatch(/^sha256 +[\da-f]{64}$/m);
  expect(stdout).toMatch(/first$/m);
  expect(await shell.run(["make-latest", "made@1"])).toMatchObject({
    code: 0,
    stdout: "made@3 is the latest, and the same already\n",
  });
  expect(await shell.json(["make-latest", "made@2"])).toMatchObject({ version: 4, restoredFrom: 2 });
  expect(await shell.run(["make-latest", "made@9"])).toMatchObject({ code: 3 });
});

test("rename gives a key another one, by which the old one is read", async () => {
  await vitrine.markdown("old-name", "first");
  expect(await shell.run(["rename", "old-name", "team/new-name", "--reason", "By team"])).toMatchObject({
    code: 0,
    stdout: `old-name is now team/new-name  ${shell.server.origin}/artifacts/key/team/new-name\n`,
  });
  expect((await shell.run(["show", "old-name@1", "--raw"])).stdout).toBe('"first"');
  expect(await shell.run(["show", "team/new-name@1"])).toMatchObject({ code: 0 });
  expect(await shell.run(["rename", "old-name", "another"])).toMatchObject({ code: 3 });
  expect(await shell.run(["rename", "team/new-name", "a//b"])).toMatchObject({ code: 2 });
  expect(await shell.json(["rename", "team/new-name", "old-name"])).toMatchObject({ key: "old-name", versions: 1 });
});
