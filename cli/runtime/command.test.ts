import { expect, test } from "vitest";
import { createOutput } from "../terminal/output";
import { command } from "./command";
import { connectServer } from "./connection";

const context = {
  connection: connectServer({ url: "http://127.0.0.1:1", apiKey: undefined, signal: new AbortController().signal }),
  output: createOutput({ json: false, noColor: true }),
  interruption: { signal: new AbortController().signal, release() {} },
  env: { editor: undefined, browser: undefined, prefectAuth: undefined, underNpm: false, noColor: true },
};

/** What a command receives for these arguments. */
async function receive(argv: string[]) {
  let received: { args: string[]; values: object } | undefined;
  const copy = command({
    name: "copy",
    summary: "Copy files",
    synopsis: "<from> [to]",
    argCount: [1, 2],
    options: {
      tag: { type: "string", short: "t", multiple: true, help: "Tag" },
      force: { type: "boolean", default: false, help: "Overwrite", formerName: "overwrite" },
    },
    async run({ args, values }) {
      received = { args, values };
    },
  });
  await copy.run(argv, context);
  return received;
}

test("passes arguments and typed values", async () => {
  expect(await receive(["a", "-t", "x", "--tag=y", "b"])).toEqual({
    args: ["a", "b"],
    values: { tag: ["x", "y"], force: false, json: false, help: false },
  });
  expect(await receive(["--force", "--", "--a"])).toMatchObject({ args: ["--a"], values: { force: true } });
});

test("accepts former names of options", async () => {
  expect(await receive(["a", "--overwrite"])).toMatchObject({ args: ["a"], values: { force: true } });
  expect(await receive(["overwrite", "--tag=a=b"])).toMatchObject({ args: ["overwrite"], values: { tag: ["a=b"] } });
});

test.each([
  [[], 'Usage: vitrine copy <from> [to]. See "vitrine help copy".'],
  [["a", "b", "c"], 'Usage: vitrine copy <from> [to]. See "vitrine help copy".'],
  [["a", "--fast"], `Unknown option '--fast'. See "vitrine help copy".`],
  [["a", "--tag"], `Option '-t, --tag <value>' argument missing. See "vitrine help copy".`],
  [["a", "--force=1"], `Option '--force' does not take an argument. See "vitrine help copy".`],
])("rejects %j", async (argv, message) => {
  await expect(receive(argv)).rejects.toMatchObject({ exit: 2, code: "USAGE", message });
});

test.each(["", "127.0.0.1:4400", "file:///a", "ftp://a", "not a url"])("connectServer rejects the URL %j", (url) => {
  const { signal } = new AbortController();
  if (url === "") expect(connectServer({ url, apiKey: undefined, signal }).url).toBe("http://127.0.0.1:4400");
  else expect(() => connectServer({ url, apiKey: undefined, signal })).toThrow(`The url "${url}" must be absolute`);
});
