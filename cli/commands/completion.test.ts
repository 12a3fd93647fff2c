import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#client/connect";
import { openShell, type Shell } from "#test/cli";

const run = promisify(execFile);

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
  const vitrine = connect({ url: shell.server.origin });
  await vitrine.json("daily-report", 1, { description: "Every: day" });
  await vitrine.json("daily-report", 2);
  await vitrine.json("model", 1);
  await vitrine.collection.label.mutate({ key: "model", label: "production", version: 1 });
  await shell.file("my report.md", "# Hi");
  await symlink(fileURLToPath(new URL("../../dist/cli.js", import.meta.url)), join(shell.folder, "vitrine"));
});
afterAll(() => shell[Symbol.asyncDispose]());

/** Runs a script of a real shell, with the command on its path. */
async function script(program: string, text: string): Promise<string[]> {
  const { PATH, HOME } = process.env;
  const env = { PATH: `${shell.folder}:${PATH}`, HOME, NODE_ENV: "test" as const, VITRINE_URL: shell.server.origin };
  const { stdout } = await run(program, ["-c", text], { cwd: shell.folder, env });
  return stdout.trimEnd().split("\n");
}

const inBash = (...words: string[]) => {
  const all = ["vitrine", ...words].map((word) => `'${word}'`);
  return script(
    "bash",
    `compopt() { :; }; eval "$(vitrine completion bash)"
    COMP_WORDS=(${all.join(" ")}); COMP_CWORD=${words.length}; _vitrine; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
};

test("bash completes commands, options, keys, versions and files", async () => {
  expect(await inBash("pu")).toEqual(["push"]);
  expect(await inBash("diff", "--mode", "")).toEqual(["parts", "rows", "paths", "lines"]);
  expect(await inBash("show", "dai")).toEqual(["daily-report"]);
  expect(await inBash("show", "daily-report@")).toEqual(["daily-report@2", "daily-report@1"]);
  expect(await inBash("show", "model@")).toEqual(["model@1", "model@production"]);
  expect(await inBash("show", "model@p")).toEqual(["model@production"]);
  expect(await inBash("push", "my")).toEqual(["my report.md"]);
  expect(await inBash("show", "nothing")).toEqual([""]);
  expect(await script("bash", 'eval "$(vitrine completion bash)"; complete -p vitrine')).toEqual([
    "complete -F _vitrine vitrine",
  ]);
});

test.skipIf(!existsSync("/usr/bin/fish"))("fish completes with descriptions", async () => {
  const complete = (line: string) => script("fish", `vitrine completion fish | source; complete -C '${line}'`);
  expect(await complete("vitrine pu")).toEqual(["push\tPublish files and folders, each as a version of a key"]);
  expect(await complete("vitrine push my")).toEqual([expect.stringMatching(/^my report\.md/)]);
  expect(await complete("vitrine show daily-report@")).toEqual([
    "daily-report@2",
    expect.stringMatching(/^daily-report@1\tEvery: day/),
  ]);
});

test.skipIf(!existsSync("/usr/bin/zsh"))("zsh completes with descriptions", async () => {
  const complete = (...words: string[]) =>
    script(
      "zsh",
      `compdef() { :; }; _describe() { printf '%s\\n' "\${(@P)2}"; }; _files() { echo :files; }
      eval "$(vitrine completion zsh)"
      words=(vitrine ${words.map((word) => `'${word}'`).join(" ")}); CURRENT=${words.length + 1}; _vitrine`,
    );
  expect(await complete("pu")).toEqual(["push:Publish files and folders, each as a version of a key"]);
  expect(await complete("show", "daily-report@1")).toEqual(["daily-report@1:Every: day"]);
  expect(await complete("push", "")).toEqual([":files"]);
});
