import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect } from "#client/connect";
import { openShell, type Shell } from "#test/cli";
import { COMMANDS } from "./commands";

let shell: Shell;
beforeAll(async () => {
  shell = await openShell({
    apiKeys: [
      { name: "all", role: "admin", secret: "secret-of-all" },
      { name: "eye", role: "read", secret: "secret-of-eye" },
    ],
  });
});
afterAll(() => shell[Symbol.asyncDispose]());

const KEY = { VITRINE_API_KEY: "secret-of-all" };

test("help names every command; each says what it takes", async () => {
  const { stdout } = await shell.run([]);
  for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
  const [asked, told] = await Promise.all([shell.run(["prune", "-h"]), shell.run(["help", "prune"])]);
  expect(asked.stdout).toContain("--keep-last N");
  expect(told).toEqual(asked);
  expect((await shell.run(["--url", "http://127.0.0.1:9", "--json", "help", "prune"])).stdout).toBe(told.stdout);
  expect((await shell.run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [["nope"], 2, 'There is no command "nope": see vitrine help.'],
  [["ls", "--nope"], 2, "Unknown option '--nope'; see vitrine help ls."],
  [["ls", "more"], 2, 'Write "vitrine ls"; see vitrine help ls.'],
  [["show"], 2, 'Write "vitrine show <key[@version]|id>"; see vitrine help show.'],
  [
    ["show", "a@0"],
    2,
    '"a@0" names no version: write KEY, KEY@3 or an id; a key has lowercase letters, digits and dashes.',
  ],
  [["ls", "--limit", "x"], 2, '--limit takes a number, and 0 for all; "x" is none.'],
  [["prune"], 2, "Say what to keep: --keep-last N, --older-than 30d, or both."],
  [["ls", "--url", "ftp://a"], 2, '"ftp://a" is no address: give one that begins with http:// or https://.'],
  [["show", "nothing"], 3, 'No version of "nothing" lives.'],
  [["ls", "--api-key", "wrong-secret"], 5, "Send an API key as a Bearer token, or sign in."],
  [["doctor", "--api-key", "secret-of-eye"], 5, 'This needs the role "admin"; the key sent has "read".'],
])("%j ends with %i", async (args, code, sentence) => {
  const people = await shell.run(args, { env: KEY });
  expect(people).toMatchObject({ code, stdout: "" });
  expect(people.stderr).toBe(`${sentence}\n`);
});

test("where nobody answers it ends with 4; with --json the error is JSON, and nothing is on standard output", async () => {
  const { code, stdout, stderr } = await shell.run(["ls", "--json", "--url", "http://127.0.0.1:9"]);
  expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
  expect(JSON.parse(stderr)).toEqual({
    error: { code: "SERVICE_UNAVAILABLE", message: expect.stringContaining("http://127.0.0.1:9") },
  });
});

describe("doctor", () => {
  test("finds a sound store sound", async () => {
    await connect({ url: shell.server.origin, apiKey: KEY.VITRINE_API_KEY }).json("sound", 1);
    expect(await shell.json(["doctor"], { env: KEY })).toEqual({ violations: [] });
  });

  test("prints what is broken, and ends with 1", async () => {
    await shell.server.db.execute("update artifact_collection set live = 7 where key = 'sound'");
    const { code, stdout } = await shell.run(["doctor"], { env: KEY });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^law 6 {2}sound {2}.*\n1 violation\.\n$/);
  });
});

describe("ends at once, without a word", () => {
  test("when whoever reads had enough", async () => {
    const { child, ended } = shell.start(["help"]);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  });

  test("at Ctrl-C", async () => {
    const { child, ended } = shell.start(["watch", "nothing"], { env: KEY });
    const [told] = await once(child.stderr ?? child, "data");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130, stdout: "", stderr: told });
  });
});
