import { expect, test } from "vitest";
import { COMMANDS } from "../commands";
import { complete } from "./completion";

const keysFrom = async (prefix: string) => ["daily", "daily@2", "weekly"].map((value) => ({ value, help: prefix }));

/** What completes the last word: words, or `:files`. */
async function completed(...words: string[]) {
  const found = await complete(words, COMMANDS, keysFrom);
  return [...(found.files ? [":files"] : []), ...found.words.map(({ value }) => value)];
}

test.each([
  [["pu"], ["push"]],
  [["res"], ["restore", "restore-backup"]],
  [["--u"], ["--url"]],
  [["--url", "http://a", "dif"], ["diff"]],
  [["--url", ""], []],
  [["help", "pru"], ["prune"]],
  [["help", "prune", ""], []],
  [["push", ""], [":files"]],
  [["push", "a.md", "b"], [":files"]],
  [["push", "--ty"], ["--type"]],
  [["push", "--type", "ma"], ["markdown"]],
  [["push", "-t", "ma"], ["markdown"]],
  [["push", "--type=ma"], ["--type=markdown"]],
  [["push", "--type", "=", "ma"], ["markdown"]],
  [
    ["push", "--type", "="],
    ["markdown", "table", "link", "image", "progress", "json", "text", "file", "files"],
  ],
  [["push", "--key", ""], []],
  [["edit", "a", "--data", ""], [":files"]],
  [["diff", "--exit-code", "w"], ["weekly"]],
  [["diff", "weekly", "daily@"], ["daily@2"]],
  [["import", ""], ["prefect"]],
  [["import", "prefect", ""], []],
  [["ls", ""], []],
  [
    ["serve", "--"],
    ["--port", "--host", "--data", "--no-pages", "--help"],
  ],
  [["completion", "z"], ["zsh"]],
  [
    ["unknown", "--"],
    ["--json", "--url", "--api-key", "--help"],
  ],
])("completes %j", async (words, found) => {
  expect(await completed(...words)).toEqual(found);
});

test("completes nothing with every command, and help", async () => {
  expect(await completed("")).toEqual([...COMMANDS.map(({ name }) => name), "help"]);
  expect(await completed("help", "")).toEqual(COMMANDS.map(({ name }) => name));
});
