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
    ["gap.csv", ",b\n,2\n", "table", '[["","b"],\n[null,2]]'],
    ["none.csv", "id,name\n", "table", '{"id":[],"name":[]}'],
    ["notes.log", "\x1b[31mred\x1b[0m\f\n", "log", '"\\u001b[31mred\\u001b[0m\\f\\n"'],
    ["windows.json", Buffer.from('\ufeff{"ä": 1.0}', "utf16le"), "json", '{"ä": 1.0}'],
    ["unknown.xyz", "[1]", "json", "[1]"],
    ["unknown", "[1", "text", '"[1"'],
  ])("%s", async (name, content, type, text) => {
    expect(await push(name, content)).toEqual({ type, text });
  });
});

test("JSON keeps its exact text from push to show", async () => {
  const text = '{"b": 9007199254740993, "a": 1.0,\n "e": 1e400, "n": "\\u0000\\ud800", "": [ ], "a": -0}';
  expect(await push("odd.json", text)).toEqual({ type: "json", text });
  expect(await push("odd.json", text, "--type", "custom")).toEqual({ type: "custom", text });
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

test("push names the separator, header, encoding and short lines that it detected, unless options set them", async () => {
  const file = await shell.file(
    "world.csv",
    Buffer.from("Report\nname;amount;city\nM\xfcller;1.234,50;K\xf6ln\nZo\xeb;2\n", "latin1"),
  );
  const { code, stderr } = await shell.run(["push", file, "-k", "world"]);
  expect({ code, lines: stderr.trimEnd().split("\n") }).toEqual({
    code: 0,
    lines: [
      "world.csv: read as windows-1252; to read it otherwise, use --encoding.",
      'world.csv: the separator is ";"; to set another, use --separator.',
      "world.csv: the header is line 2; to set another, use --header.",
      "world.csv: missing fields in line 4 are empty; to skip such lines, use --bad-lines skip.",
    ],
  });
  expect((await shell.run(["show", "world", "--raw"])).stdout).toBe(
    '[{"name":"Müller","amount":"1.234,50","city":"Köln"},\n{"name":"Zoë","amount":"2","city":null}]',
  );
  const options = ["--encoding", "windows-1252", "--separator", ";", "--header", "2", "--bad-lines", "skip"];
  expect(await shell.run(["push", file, ...options])).toMatchObject({ stderr: "world.csv: skipped line 4.\n" });
});

test("push publishes several files, each under the key of its name", async () => {
  const files = [await shell.file("Größe 2.md", "# A"), await shell.file("b.csv", "x\n1\n")];
  const { stdout } = await shell.run(["push", ...files, "--key", "my-{name}", "--json"]);
  const rows = stdout.trimEnd().split("\n");
  expect(rows.map((row) => JSON.parse(row))).toMatchObject([
    { key: "my-grosse-2", version: 1, type: "markdown" },
    { key: "my-b", version: 1, type: "table" },
  ]);
  expect((await shell.run(["push", ...files])).stdout.trimEnd().split("\n")).toHaveLength(2);
});

const ONE_KEY = "With several files, --key must contain {name}, as in --key 'report-{name}'.";
const NOT_TEXT = "which is not text: publish it as it is by --type file, or convert it to text, CSV or an image.";

test.each([
  [["push", "nothing.md"], 2, "Cannot read nothing.md: no such file or directory."],
  [["push", ".", "--type", "file"], 2, ". is a folder, of the type files alone."],
  [["push", "fine.txt", "--type", "files"], 2, "fine.txt is not a folder."],
  [["push", "-", "--type", "file"], 2, "Standard input cannot be of the type file; push a file."],
  [["push", "bad.json"], 2, /^bad\.json, line 2, column 10: invalid JSON, expected .*\.\n$/],
  [["push", "bad.csv"], 2, /^bad\.csv, line 2, column 1: the quote is not closed\./],
  [["push", "bad.png"], 2, "bad.png is not an image of a known format."],
  [["push", "empty.txt"], 2, "empty.txt is empty."],
  [["push", "empty.csv"], 2, "empty.csv is empty."],
  [["push", "empty.png"], 2, "empty.png is empty."],
  [["push", "-", "-k", "piped-nothing"], 2, "Standard input is empty."],
  [["push", "ascii.pdf", "--type", "json"], 2, `ascii.pdf is a PDF file, ${NOT_TEXT}`],
  [["push", "zeros.txt"], 2, `zeros.txt is a binary file, ${NOT_TEXT}`],
  [["push", "packed.csv"], 2, `packed.csv is a gzip file, ${NOT_TEXT}`],
  [["push", "fine.txt", "--type", "progress"], 2, /^fine\.txt, line 1, column 1: invalid JSON/],
  [
    ["push", "over.json", "--type", "progress"],
    2,
    "over.json does not fit the type progress: it must be a number from 0 to 100.",
  ],
  [["push", "ok.csv", "--type", "markdown"], 2, "ok.csv does not fit the type markdown: it must be text."],
  [["push", "over.json", "--type", "table"], 2, "over.json does not fit the type table: it must be a list of rows."],
  [["push", "fine.txt", "ok.csv", "-k", "a"], 2, ONE_KEY],
  [["push", "fine.txt", "ok.csv", "--idempotency-key", "a"], 2, "--idempotency-key is for a single file."],
  [["push", "-", "-k", "{name}"], 2, "- has no name for the {name} in --key."],
  [["push", "ok.csv", "--encoding", "klingon"], 2, /^Unknown encoding "klingon"/],
  [["push", "fine.txt", "-m", "nothing"], 2, 'Invalid metadata "nothing": use NAME=TEXT, NAME:=JSON or a JSON object.'],
  [
    ["push", "fine.txt", "--key", "Not a key"],
    2,
    /^--key must only contain lowercase letters, digits, dashes, dots, underscores and slashes\.\n$/,
  ],
  [["push", "fine.txt", "--run", "notauuid"], 2, /^--run must be a UUID\.\n$/],
  [["push", "large.txt"], 1, /1048576 bytes .*VITRINE_MAX_DATA/],
])("%j exits with %i and a message", async (args, code, message) => {
  await shell.file("bad.json", '{\n  "a": 1,}');
  await shell.file("bad.csv", 'a\n"b');
  await shell.file("bad.png", "not an image");
  await shell.file("ok.csv", "a\n1\n");
  await shell.file("over.json", "155");
  await shell.file("empty.txt", "\n");
  await shell.file("empty.csv", "\ufeff");
  await shell.file("empty.png", "");
  await shell.file("ascii.pdf", "%PDF-1.4\n1 0 obj\n");
  await shell.file("zeros.txt", "tar\0\0\0");
  await shell.file("packed.csv", Buffer.from([0x1f, 0x8b, 8, 0, 0xff]));
  await shell.file("fine.txt", "fine");
  await shell.file("large.txt", "x".repeat(1024 * 1024));
  const stderr = message instanceof RegExp ? expect.stringMatching(message) : `${message}\n`;
  expect(await shell.run(args)).toEqual({ code, signal: null, stdout: "", stderr });
});

test("--type text publishes UTF-8 with control characters", async () => {
  expect(await push("zeros.txt", "a\0b", "--type", "text")).toEqual({ type: "text", text: '"a\\u0000b"' });
});
