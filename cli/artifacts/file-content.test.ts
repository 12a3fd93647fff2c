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

/** What a file becomes when it is pushed: its type, and its data as the store has it. */
async function pushed(name: string, content: string | Uint8Array, ...args: string[]) {
  const made = await shell.json(["push", await shell.file(name, content), ...args]);
  const { id, type } = z.object({ id: z.string(), type: z.string() }).parse(made);
  return { type, text: await (await shell.server.fetch(`/api/artifacts/${id}/data`)).text() };
}

describe("the ending of a file says what it is", () => {
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
    expect(await pushed(name, content)).toEqual({ type, text });
  });
});

test("JSON keeps its own text, in a file as through a pipe, shown raw as in JSON", async () => {
  const text = '{"b": 9007199254740993, "a": 1.0,\n "e": 1e400, "n": "\\u0000\\ud800", "": [ ], "a": -0}';
  expect(await pushed("odd.json", text)).toEqual({ type: "json", text });
  expect(await pushed("odd.json", text, "--type", "table")).toEqual({ type: "table", text });
  await shell.run(["push", "-", "--key", "piped"], { input: text });
  expect((await shell.run(["show", "piped@1", "--raw"])).stdout).toBe(text);
  expect((await shell.run(["show", "piped", "--json"])).stdout.endsWith(`,"data":${text}}\n`)).toBe(true);
  const shown = (await shell.run(["show", "piped"])).stdout;
  for (const part of ['"b": 9007199254740993', '"a": 1.0', '"e": 1e400', '"n": "\\u0000\\ud800"', '"": []']) {
    expect(shown).toContain(part);
  }
});

test("as a file, text and pictures come back as they were", async () => {
  for (const [name, content] of [
    ["a.md", "# Hi\n"],
    ["a.png", PNG],
    ["a.json", "1.0"],
  ] as const) {
    await shell.run(["push", await shell.file(name, content), "-k", "filed"]);
    const { child, ended } = shell.start(["show", "filed", "--file"]);
    child.stdout?.setEncoding("latin1");
    expect((await ended).stdout).toBe(Buffer.from(content).toString("latin1"));
  }
});

test("standard input is what its type says", async () => {
  const by = async (input: string, type: string) => {
    const made = await shell.json(["push", "-", "-t", type], { input });
    const { id } = z.object({ id: z.string() }).parse(made);
    return (await shell.server.fetch(`/api/artifacts/${id}/data`)).text();
  };
  expect(await by("[1]", "markdown")).toBe('"[1]"');
  expect(await by("a,b\n1,2\n", "table")).toBe('[{"a":1,"b":2}]');
  expect(await by('[{"a": 1.0}]', "table")).toBe('[{"a": 1.0}]');
  expect(await by("40\n", "progress")).toBe("40");
  expect(await by("https://a.example/x.png\n", "image")).toBe('"https://a.example/x.png"');
});

test("everything that is said of it arrives, and a second sending with the same key is the same version", async () => {
  const run = "0199b3c8-0000-7000-8000-000000000001";
  const args = ["push", await shell.file("a.txt", "x"), "-k", "said", "-d", "What *it* is", "--run", run];
  const more = ["-m", "source=shop", "-m", "rows:=2", "-m", '{"deep": {"a": [null]}}', "--idempotency-key", "once"];
  const made = await shell.json([...args, ...more]);
  const metadata = { source: "shop", rows: 2, deep: { a: [null] } };
  expect(made).toMatchObject({ key: "said", version: 1, description: "What *it* is", flowRunId: run, metadata });
  expect(await shell.json([...args, ...more])).toEqual(made);
});

test.each([
  [["push", "nothing.md"], 2, "nothing.md cannot be read (ENOENT)."],
  [["push", "bad.json"], 2, "bad.json is no JSON."],
  [["push", "bad.csv"], 2, "bad.csv has a quote that is not closed, or text after one that is."],
  [["push", "bad.png"], 2, "bad.png is no picture that is known by its beginning."],
  [["push", "latin.txt"], 2, "latin.txt is no UTF-8 text: convert it, or push it under the ending of what it is."],
  [["push", "fine.txt", "-m", "nothing"], 2, '"nothing" is no metadata: write name=text, name:=json or a JSON object.'],
  [
    ["push", "fine.txt", "--key", "Not a key"],
    1,
    'The field "key" was refused: must only contain lowercase letters, digits and dashes.',
  ],
  [["push", "large.txt"], 1, "Send at most 1048576 bytes of data, or raise VITRINE_MAX_DATA."],
])("%j is refused with %i", async (args, code, sentence) => {
  await shell.file("bad.json", '{"a": 1,}');
  await shell.file("bad.csv", 'a\n"b');
  await shell.file("bad.png", "no picture");
  await shell.file("latin.txt", Buffer.from([0xe9]));
  await shell.file("fine.txt", "fine");
  await shell.file("large.txt", "x".repeat(1024 * 1024));
  expect(await shell.run(args)).toEqual({ code, signal: null, stdout: "", stderr: `${sentence}\n` });
});
