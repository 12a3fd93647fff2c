import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readOwnViewers } from "./own-viewers";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "viewers-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, manifest: unknown, files: Record<string, string> = { "viewer.js": "" }) {
  mkdirSync(join(folder, name, "lib"), { recursive: true });
  const text = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
  for (const [path, content] of Object.entries({ "viewer.json": text, ...files })) {
    writeFileSync(join(folder, name, path), content);
  }
}

it("a folder of viewers is read with the files of each", () => {
  put("a", { name: "a", types: ["x"] }, { "viewer.js": "a", "lib/b.js": "b" });
  writeFileSync(join(folder, "README.md"), "");
  const [viewer, ...others] = readOwnViewers(folder);
  expect(others).toEqual([]);
  expect(viewer?.manifest).toEqual({
    name: "a",
    types: ["x"],
    mediaTypes: [],
    extensions: [],
    entry: "viewer.js",
    maxSize: 16_000_000,
  });
  expect([...(viewer?.files.keys() ?? [])].sort()).toEqual(["lib/b.js", "viewer.js", "viewer.json"]);
});

it.each<[unknown, RegExp]>([
  ["{", /a\/viewer\.json is not JSON: /],
  [{ name: "A b" }, /a\/viewer\.json: name: must be letters, digits and hyphens/],
  [{ name: "a", typos: [] }, /a\/viewer\.json: typos: /],
  [{ name: "a", maxSize: "5 MB" }, /a\/viewer\.json: maxSize: /],
  [{ name: "a", entry: "../b.js" }, /"entry" names "\.\.\/b\.js", which is not there/],
])("the manifest %j stops the start with the file and the rule", (manifest, message) => {
  put("a", manifest);
  expect(() => readOwnViewers(folder)).toThrow(message);
});

it("links are followed, also those of a ConfigMap, and what is not a viewer is left out", () => {
  put("a/..2026_11_30", { name: "a", entry: "lib/b.js" }, { "lib/b.js": "b" });
  symlinkSync("..2026_11_30", join(folder, "a", "..data"));
  for (const name of ["viewer.json", "lib"]) {
    rmSync(join(folder, "a", name), { recursive: true, force: true });
    symlinkSync(join("..data", name), join(folder, "a", name));
  }
  put(".git", "{");
  mkdirSync(join(folder, "notes"));
  symlinkSync("none", join(folder, "dangling"));
  const [viewer, ...others] = readOwnViewers(folder);
  expect(others).toEqual([]);
  expect([...(viewer?.files.keys() ?? [])].sort()).toEqual(["lib/b.js", "viewer.json"]);
});

it("files that are too large, too deep or not there stop the start with a sentence", () => {
  put("a", { name: "a" });
  symlinkSync("none.js", join(folder, "a", "lib", "b.js"));
  expect(() => readOwnViewers(folder)).toThrow(/a\/lib\/b\.js is a link to a file that is not there/);
  rmSync(join(folder, "a", "lib", "b.js"));
  symlinkSync("..", join(folder, "a", "lib", "up"));
  expect(() => readOwnViewers(folder)).toThrow(/folders deep; is it a link to one above it\?/);
  rmSync(join(folder, "a", "lib", "up"));
  truncateSync(join(folder, "a", "viewer.js"), 64_000_001);
  expect(() => readOwnViewers(folder)).toThrow(/must be at most 64 MB; .*a exceeds it/);
});

it("names are unique", () => {
  put("a", { name: "a" });
  put("b", { name: "a" });
  expect(() => readOwnViewers(folder)).toThrow('two viewers have the name "a"');
  expect(() => readOwnViewers(join(folder, "none"))).toThrow(/none cannot be read/);
});
