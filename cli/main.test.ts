import { once } from "node:events";
import { createServer } from "node:http";
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

const NO_ID = "0199b3c8-0000-7000-8000-000000000001";

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
  [["airflow"], 2, 'Unknown command "airflow". See "vitrine help".'],
  [["pus"], 2, 'Unknown command "pus". Did you mean "push"? See "vitrine help".'],
  [["help", "verison"], 2, 'Unknown command "verison". Did you mean "versions"? See "vitrine help".'],
  [["ls", "--airflow"], 2, `Unknown option '--airflow'. See "vitrine help ls".`],
  [["ls", "--kye", "a"], 2, `Unknown option '--kye'. Did you mean "--key"? See "vitrine help ls".`],
  [["trash", "more"], 2, 'Usage: vitrine trash. See "vitrine help trash".'],
  [["show"], 2, 'Usage: vitrine show <key[@version]|id>. See "vitrine help show".'],
  [
    ["show", "a@0"],
    2,
    'Invalid version "a@0": use KEY, KEY@3, KEY@label or an id. Keys contain lowercase letters, digits, dashes, dots, underscores and slashes.',
  ],
  [["watch", "A"], 2, 'Invalid key "A": use lowercase letters, digits, dashes, dots, underscores and slashes.'],
  [["watch", "a", "--count", "0"], 2, 'Invalid --count "0": use a number from 1.'],
  [["ls", "--limit", "x"], 2, 'Invalid --limit "x": use a number, or 0 for no limit.'],
  [["prune"], 2, "Set what to keep: --keep-last N, --older-than AGE, or both."],
  [["ls", "--url", "ftp://a"], 2, 'The url "ftp://a" must be absolute, such as http://127.0.0.1:4400.'],
  [["ls", "--url", "http://me:secret@127.0.0.1"], 2, /^Invalid server URL: it must not contain a user or a password/],
  [["ls", "--api-key", "secret\nof"], 2, "Invalid API key: it has a line break or a character outside ASCII."],
  [["serve", "--url", "http://a"], 2, `Unknown option '--url'. See "vitrine help serve".`],
  [["completion", "csh"], 2, 'Unknown shell "csh": use bash, zsh, fish.'],
  [["import", "airflow", "x"], 2, 'Usage: vitrine import prefect <api-url>. See "vitrine help import".'],
  [["show", "nothing"], 3, 'Key "nothing" has no versions.'],
  [["show", "nothing@99"], 3, 'Key "nothing" has no version 99.'],
  [["show", NO_ID], 3, `Artifact ${NO_ID} was not found.`],
  [["backup", "nowhere/file"], 1, /^Cannot access nowhere\/file.*: no such file or directory\.\n$/],
  [["restore-backup", "nothing"], 1, "Cannot access nothing: no such file or directory."],
  [["ls", "--api-key", "wrong-secret"], 5, "The server requires a valid API key: use --api-key or VITRINE_API_KEY."],
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

test("exits with 4 when another program responds at the URL", async () => {
  const other = createServer((_, response) =>
    response.writeHead(404, { "content-type": "application/json" }).end("{}"),
  );
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const result = await shell.run(["show", "a", "--url", url]);
  other.close();
  expect(result).toMatchObject({ code: 4, stderr: expect.stringContaining(`${url} (status 404) is not from Vitrine`) });
});

describe("doctor", () => {
  test("finds no violations in a consistent database", async () => {
    await connect({ url: shell.server.origin, apiKey: KEY.VITRINE_API_KEY }).json("sound", 1);
    expect(await shell.json(["doctor"], { env: KEY })).toMatchObject({
      violations: [],
      versions: expect.any(Number),
      pooler: "none",
    });
    const sound = { code: 0, stdout: "No violations found.\n", stderr: "" };
    expect(await shell.run(["doctor"], { env: KEY })).toMatchObject(sound);
  });

  test("reads all data, and prints violations and exits with 1", async () => {
    await shell.server.db.execute("update artifact_data set data = '2'");
    const damaged = await shell.run(["doctor"], { env: KEY });
    expect(damaged).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^law 11 {2}sound {2}.*its hash differs$/m),
    });
    await shell.server.db.execute("update artifact_data set data = '1'");
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
