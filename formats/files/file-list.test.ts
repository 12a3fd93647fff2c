import { describe, expect, it } from "vitest";
import { firstShown, listedFiles } from "./file-list";

const content = { mediaType: "text/plain", size: 3, sha256: "a".repeat(64) };

describe("the files that data names", () => {
  it("are one by its name, or several by their paths", () => {
    expect(listedFiles("file", { name: "a.txt", ...content })).toEqual([{ path: "a.txt", ...content }]);
    const files = [{ path: "b/a.txt", ...content }];
    expect(listedFiles("files", { files })).toEqual(files);
  });

  it.each([
    ["json", { name: "a", ...content }],
    ["file", { files: [] }],
    ["file", { ...content }],
    ["file", { name: "a", ...content, size: "3" }],
    ["file", null],
    ["file", []],
    ["files", { files: [{ path: "a", ...content }, 1] }],
    ["files", { files: {} }],
    ["files", "a"],
  ])("are none of the type %s in %j", (type, data) => {
    expect(listedFiles(type, data)).toBeNull();
  });
});

it.each([
  [["a.txt", "sub/README.md", "README.md"], "README.md"],
  [["a.txt", "index.html"], "index.html"],
  [["b.txt", "a.txt"], "b.txt"],
  [[], undefined],
])("of %j, %j is shown first", (paths, first) => {
  expect(firstShown(paths)).toBe(first);
});
