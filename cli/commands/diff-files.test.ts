import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { blobFolder } from "#test/blobs/blob-folder";
import { openShell, type Shell } from "#test/cli";

let blobs: Awaited<ReturnType<typeof blobFolder>>;
let shell: Shell;
beforeAll(async () => {
  blobs = await blobFolder({ maxFile: 64_000_000 });
  shell = await openShell({}, { blobs });
});
afterAll(async () => {
  await shell[Symbol.asyncDispose]();
  await blobs[Symbol.asyncDispose]();
});

type Content = string | Uint8Array;

/** Pushes two versions of a key, each a file or a folder, and compares them. */
async function diff(key: string, versions: [Files, Files], ...args: string[]) {
  for (const [at, files] of versions.entries()) {
    const folder = join(shell.folder, `${key}-${at}`);
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(folder, path, ".."), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const [name = ""] = Object.keys(files);
    const pushed = key.startsWith("file") ? [join(folder, name), "--type", "file"] : [folder];
    expect(await shell.run(["push", ...pushed, "-k", key])).toMatchObject({ code: 0 });
  }
  return await shell.run(["diff", `${key}@1`, `${key}@2`, ...args]);
}

type Files = Record<string, Content>;

const notebook = (source: string) =>
  JSON.stringify({ nbformat: 4, metadata: {}, cells: [{ cell_type: "code", source, outputs: [] }] });
const junit = (body: string) =>
  `<testsuite name="s"><testcase classname="c" name="t" time="0.1">${body}</testcase></testsuite>`;

test.each([
  ["text", "notes.txt", "a\nb\n", "a\nc\n", ["notes.txt: 1 line added, 1 removed", "  a", "- b", "+ c"]],
  ["csv", "data.csv", "city;n\nOslo;1\n", "city;n\nOslo;3\n", ["data.csv: 1 cell changed", "~ Oslo: n 1 → 3 (+2)"]],
  [
    "utf16",
    "a.tsv",
    Buffer.from("\ufeffk\tn\nä\t1\n", "utf16le"),
    "k\tn\nä\t2\n",
    ["a.tsv: 1 cell changed", "~ ä: n 1 → 2 (+1)"],
  ],
  [
    "gzip",
    "z.csv.gz",
    gzipSync("k,n\na,1\n"),
    gzipSync("k,n\na,2\n"),
    ["z.csv.gz: 1 cell changed", "~ a: n 1 → 2 (+1)"],
  ],
  [
    "lines",
    "rows.jsonl",
    '{"k":"a","n":1}\n',
    '{"k":"a","n":2}\n',
    ["rows.jsonl: 1 cell changed", "~ a: n 1 → 2 (+1)"],
  ],
  ["json", "c.json", '{"a":1.0,"b":[1]}', '{"a":1.0,"b":[2]}', ["c.json: 1 value changed", "~ b[0]: 1 → 2"]],
  ["invalid", "d.json", "{a\n", "{b\n", ["d.json: 1 line changed", "- {a", "+ {b"]],
  [
    "notebook",
    "n.ipynb",
    notebook("f()"),
    notebook("g()"),
    ["n.ipynb: 1 cell changed", "~ Code cell 1", "- f()", "+ g()"],
  ],
  ["junit", "j.xml", junit(""), junit('<failure message="no"/>'), ["j.xml: 1 test newly failing, 2 cells changed"]],
])("compares the content of %s", async (name, path, before, after, expected) => {
  const { stdout, stderr } = await diff(`file-${name}`, [{ [path]: before }, { [path]: after }]);
  expect(stderr).toBe("");
  const lines = stdout.split("\n").slice(0, -1);
  expect(lines.slice(0, 3)).toEqual([`file-${name}@1 → file-${name}@2`, "", "files: 1 changed, 0 the same"]);
  expect(lines.slice(5, 5 + expected.length)).toEqual(expected);
});

test("compares folders by path, then the content of each changed file", async () => {
  const older = {
    "a.txt": "1\n",
    "b/gone.txt": "g",
    "c.bin": Buffer.from([0, 1]),
    "same.txt": "s",
    "old.txt": "moved",
  };
  const newer = { "a.txt": "2\n", "c.bin": Buffer.from([0, 2, 3]), "same.txt": "s", "new.txt": "n", "to.txt": "moved" };
  const { stdout } = await diff("folder", [older, newer]);
  expect(stdout).toBe(`folder@1 → folder@2

files: 1 added, 1 removed, 2 changed, 1 moved, 1 the same
~ a.txt (2 B)
- b/gone.txt (1 B)
~ c.bin (2 B → 3 B)
+ new.txt (1 B)
~ to.txt, moved from old.txt

a.txt: 1 line added, 1 removed
- 1
+ 2
`);
  const one = await shell.run(["diff", "folder@1", "folder@2", "--path", "a.txt"]);
  expect(one.stdout).toContain("files: 1 changed, 0 the same\n~ a.txt");
  expect(await shell.run(["diff", "folder@1", "folder@2", "--path", "none"])).toMatchObject({
    code: 3,
    stderr: 'Neither version has a file "none".\n',
  });
  const FileChanges = z.object({
    files: z.object({
      same: z.number(),
      pairs: z.array(
        z.object({ op: z.string(), path: z.string(), content: z.object({ kind: z.string() }).nullable() }),
      ),
    }),
  });
  const { files } = FileChanges.parse(await shell.json(["diff", "folder@1", "folder@2"]));
  expect(files.same).toBe(1);
  expect(files.pairs.map(({ op, path, content }) => [op, path, content?.kind])).toEqual([
    ["changed", "a.txt", "text"],
    ["removed", "b/gone.txt", undefined],
    ["changed", "c.bin", undefined],
    ["added", "new.txt", undefined],
    ["moved", "to.txt", undefined],
  ]);
});

test("says why the content of files is not compared", async () => {
  const lines = await diff("file-broken", [{ "r.jsonl": "{}\n{\n" }, { "r.jsonl": '{"a":1}\n' }]);
  expect(lines.stdout).toContain("r.jsonl\nLine 2 isn't JSON: ");
  const gzip = gzipSync("k,n\na,1\n");
  const damaged = await diff("file-damaged", [{ "z.csv.gz": gzip }, { "z.csv.gz": gzip.subarray(0, -9) }]);
  expect(damaged.stdout).toContain("z.csv.gz\nThis gzip file is damaged.\n");
  const large = await diff("file-large", [{ "l.txt": Buffer.alloc(33e6, "a") }, { "l.txt": Buffer.alloc(34e6, "b") }]);
  expect(large.stdout).toContain("l.txt\nBoth files are 67 MB together; the content of up to 64 MB is compared.\n");
});
