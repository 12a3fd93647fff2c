import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { openShell, type Shell } from "#test/cli";

let shell: Shell;
beforeAll(async () => {
  shell = await openShell();
});
afterAll(() => shell[Symbol.asyncDispose]());

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==",
  "base64",
);

/** Pushes a file; returns its type and its stored data. */
async function push(name: string, content: string | Uint8Array, ...args: string[]) {
  const created = await shell.json(["push", await shell.file(name, content), ...args]);
  const { id, type } = z.object({ id: z.string(), type: z.string() }).parse(created);
  return { type, text: await (await shell.server.fetch(`/api/artifacts/${id}/data`)).text() };
}

describe("the extension selects the format", () => {
  test.each([
    ["report.md", "# Hi\n", "markdown", '"# Hi\\n"'],
    ["notes.TXT", "\ufeffplain", "text", '"plain"'],
    [
      "sales.csv",
      'city,n\r\n"Bergen, ""W""",1.0\nOslo,\n',
      "table",
      '[{"city":"Bergen, \\"W\\"","n":1.0},\n{"city":"Oslo","n":null}]',
    ],
    ["twice.tsv", "a\ta\n007\tx\n", "table", '[["a","a"],\n["007","x"]]'],
    ["shop.url", "[InternetShortcut]\nURL=https://shop.example/a\n", "link", '{"url":"https://shop.example/a"}'],
    ["dot.png", PNG, "image", `"data:image/png;base64,${PNG.toString("base64")}"`],
    ["gap.csv", ",b\n,2\n", "table", '[["","b"],\n["",2]]'],
    ["unknown.xyz", "[1]", "json", "[1]"],
    ["unknown", "[1", "text", '"[1"'],
  ])("%s", async (name, content, type, text) => {
    expect(await push(name, content)).toEqual({ type, text });
  });
});

test("JSON keeps its exact text from push to show", async () => {
  const text = '{"b": 9007199254740993, "a": 1.0,\n "e": 1e400, "n": "\\u0000\\ud800", "": [ ], "a": -0}';
  expect(await push("odd.json", text)).toEqual({ type: "json", text });
  expect(await push("odd.json", text, "--type", "table")).toEqual({ type: "table", text });
  await shell.run(["push", "-", "--key", "piped"], { input: text });
  expect((await shell.run(["show", "piped@1", "--raw"])).stdout).toBe(text);
  expect((await shell.run(["show", "piped", "--json"])).stdout.endsWith(`,"data":${text}}\n`)).toBe(true);
  const output = (await shell.run(["show", "piped"])).stdout;
  for (const part of ['"b": 9007199254740993', '"a": 1.0', '"e": 1e400', '"n": "\\u0000\\ud800"', '"": []']) {
    expect(output).toContain(part);
  }
});

test("show --file restores text files and images", async () => {
  for (const [name, content] of [
    ["a.md", "# Hi\n"],
    ["a.png", PNG],
    ["a.json", "1.0"],
  ] as const) {
    await shell.run(["push", await shell.file(name, content), "-k", "file"]);
    const { child, ended } = shell.start(["show", "file", "--file"]);
    child.stdout?.setEncoding("latin1");
    expect((await ended).stdout).toBe(Buffer.from(content).toString("latin1"));
  }
});

test("--type selects the format of standard input", async () => {
  const pushInput = async (input: string, type: string) => {
    const created = await shell.json(["push", "-", "-t", type], { input });
    const { id } = z.object({ id: z.string() }).parse(created);
    return (await shell.server.fetch(`/api/artifacts/${id}/data`)).text();
  };
  expect(await pushInput("[1]", "markdown")).toBe('"[1]"');
  expect(await pushInput("a,b\n1,2\n", "table")).toBe('[{"a":1,"b":2}]');
  expect(await pushInput('[{"a": 1.0}]', "table")).toBe('[{"a": 1.0}]');
  expect(await pushInput("40\n", "progress")).toBe("40");
  expect(await pushInput("https://a.example/x.png\n", "image")).toBe('"https://a.example/x.png"');
});

test("push stores all options, and publishes once with the same idempotency key", async () => {
  const run = "0199b3c8-0000-7000-8000-000000000001";
  const args = ["push", await shell.file("a.txt", "x"), "-k", "described", "-d", "What *it* is", "--run", run];
  const more = ["-m", "source=shop", "-m", "rows:=2", "-m", '{"deep": {"a": [null]}}', "--idempotency-key", "once"];
  const created = await shell.json([...args, ...more]);
  const metadata = { source: "shop", rows: 2, deep: { a: [null] } };
  expect(created).toMatchObject({
    key: "described",
    version: 1,
    description: "What *it* is",
    flowRunId: run,
    metadata,
  });
  expect(await shell.json([...args, ...more])).toEqual(created);
});

test.each([
  [["push", "nothing.md"], 2, "Cannot read nothing.md (ENOENT)."],
  [["push", "bad.json"], 2, "bad.json is not valid JSON."],
  [["push", "bad.csv"], 2, "bad.csv has an unclosed quote, or text after a closing quote."],
  [["push", "bad.png"], 2, "bad.png is not an image of a known format."],
  [["push", "latin.txt"], 2, "latin.txt is not UTF-8 text: convert it, or give the file the right extension."],
  [["push", "fine.txt", "-m", "nothing"], 2, 'Invalid metadata "nothing": use NAME=TEXT, NAME:=JSON or a JSON object.'],
  [["push", "fine.txt", "--key", "Not a key"], 1, /^Invalid field "key": .*lowercase letters, digits and dashes\.\n$/],
  [["push", "large.txt"], 1, /1048576 bytes .*VITRINE_MAX_DATA/],
])("%j exits with %i and a message", async (args, code, message) => {
  await shell.file("bad.json", '{"a": 1,}');
  await shell.file("bad.csv", 'a\n"b');
  await shell.file("bad.png", "not an image");
  await shell.file("latin.txt", Buffer.from([0xe9]));
  await shell.file("fine.txt", "fine");
  await shell.file("large.txt", "x".repeat(1024 * 1024));
  const stderr = message instanceof RegExp ? expect.stringMatching(message) : `${message}\n`;
  expect(await shell.run(args)).toEqual({ code, signal: null, stdout: "", stderr });
});
