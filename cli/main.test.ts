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

test("help lists every command; -h and help show the help of one", async () => {
  const { stdout } = await shell.run([]);
  expect(await shell.run(["help"])).toMatchObject({ code: 0, stdout });
  for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, "m"));
  const [byOption, byCommand] = await Promise.all([shell.run(["prune", "-h"]), shell.run(["help", "prune"])]);
  expect(byOption.stdout).toContain("--keep-last N");
  expect(byCommand).toEqual(byOption);
  expect((await shell.run(["--url", "http://127.0.0.1:9", "--json", "help", "prune"])).stdout).toBe(byCommand.stdout);
  expect((await shell.run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each([
  [["nope"], 2, 'Unknown command "nope". See "vitrine help".'],
  [["help", "nope"], 2, 'Unknown command "nope". See "vitrine help".'],
  [["ls", "--nope"], 2, `Unknown option '--nope'. See "vitrine help ls".`],
  [["ls", "more"], 2, 'Usage: vitrine ls. See "vitrine help ls".'],
  [["show"], 2, 'Usage: vitrine show <key[@version]|id>. See "vitrine help show".'],
  [
    ["show", "a@0"],
    2,
    'Invalid version "a@0": use KEY, KEY@3 or an id. Keys contain lowercase letters, digits and dashes.',
  ],
  [["watch", "A"], 2, 'Invalid key "A": use lowercase letters, digits and dashes.'],
  [["watch", "a", "--count", "0"], 2, 'Invalid --count "0": use a number from 1.'],
  [["ls", "--limit", "x"], 2, 'Invalid --limit "x": use a number, or 0 for no limit.'],
  [["prune"], 2, "Set what to keep: --keep-last N, --older-than AGE, or both."],
  [["ls", "--url", "ftp://a"], 2, 'Invalid server URL "ftp://a": it must start with http:// or https://.'],
  [["serve", "--json"], 2, /serve has no --json/],
  [["import", "airflow", "x"], 2, 'Usage: vitrine import prefect <api-url>. See "vitrine help import".'],
  [["show", "nothing"], 3, /"nothing"/],
  [["ls", "--api-key", "wrong-secret"], 5, /API key/],
  [["doctor", "--api-key", "secret-of-eye"], 5, /"admin"/],
])("%j exits with %i and a message", async (args, code, message) => {
  const result = await shell.run(args, { env: KEY });
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr).toEqual(message instanceof RegExp ? expect.stringMatching(message) : `${message}\n`);
  expect(result.stderr.trimEnd().split("\n")).toHaveLength(1);
});

test("exits with 4 when the server is unreachable; --json prints the error as JSON on standard error", async () => {
  const { code, stdout, stderr } = await shell.run(["ls", "--json", "--url", "http://127.0.0.1:9"]);
  expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
  expect(JSON.parse(stderr)).toEqual({
    error: { code: "SERVICE_UNAVAILABLE", message: expect.stringContaining("http://127.0.0.1:9") },
  });
});

describe("doctor", () => {
  test("finds no violations in a consistent database", async () => {
    await connect({ url: shell.server.origin, apiKey: KEY.VITRINE_API_KEY }).json("sound", 1);
    expect(await shell.json(["doctor"], { env: KEY })).toEqual({ violations: [], pooler: "none" });
    expect((await shell.run(["doctor"], { env: KEY })).stdout).toBe("No violations found.\n");
  });

  test("prints violations and exits with 1", async () => {
    await shell.server.db.execute("update artifact_collection set live = 7 where key = 'sound'");
    const { code, stdout } = await shell.run(["doctor"], { env: KEY });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^law 6 {2}sound {2}.*\n1 violation found\.\n$/);
  });
});

describe("exits silently", () => {
  test("when the reader closes the pipe", async () => {
    const { child, ended } = shell.start(["help"]);
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  });

  test("at Ctrl-C", async () => {
    const { child, ended } = shell.start(["watch", "nothing"], { env: KEY });
    const [note] = await once(child.stderr ?? child, "data");
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 130, stdout: "", stderr: note });
  });
});
