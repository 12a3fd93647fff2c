import { describe, expect, it } from "vitest";
import { filesInOrder, fileTree, initiallyExpanded, matchingFiles, visibleRows } from "./file-tree";
import { pathFrom } from "./links-from";

const files = (...paths: string[]) =>
  paths.map((path, at) => ({ path, mediaType: "text/plain", size: at + 1, sha256: "a".repeat(64) }));
const shown = (tree: ReturnType<typeof fileTree>, isExpanded: (path: string) => boolean) =>
  visibleRows(tree, isExpanded).map(({ node, depth }) => `${" ".repeat(depth)}${node.name}${node.file ? "" : "/"}`);

describe("a tree of files", () => {
  const all = files("b.txt", "a/x/2.txt", "a/x/10.txt", "c/y.txt", "a/z.txt", "B.txt");
  const tree = fileTree(all);

  it("has folders first and names in the order of their numbers", () => {
    expect(shown(tree, () => true)).toEqual([
      "a/",
      " x/",
      "  2.txt",
      "  10.txt",
      " z.txt",
      "c/",
      " y.txt",
      "b.txt",
      "B.txt",
    ]);
    expect(filesInOrder(tree).map(({ path }) => path)).toEqual([
      "a/x/2.txt",
      "a/x/10.txt",
      "a/z.txt",
      "c/y.txt",
      "b.txt",
      "B.txt",
    ]);
  });

  it("shows what is in expanded folders", () => {
    expect(shown(tree, (path) => path === "a")).toEqual(["a/", " x/", " z.txt", "c/", "b.txt", "B.txt"]);
  });

  it("counts the files in folders and their sizes", () => {
    const [a] = tree.children;
    expect([tree.count, tree.size, a?.count, a?.size]).toEqual([6, 21, 3, 10]);
  });

  it("is expanded as far as few rows show, and around the shown file", () => {
    expect(initiallyExpanded(tree, "b.txt")).toEqual(new Set(["a", "c", "a/x"]));
    const many = fileTree(files(...Array.from({ length: 100 }, (_, n) => `d${n % 30}/e/${n}.txt`)));
    expect(initiallyExpanded(many, "d7/e/7.txt")).toEqual(new Set(["d7", "d7/e"]));
  });

  it("finds files by any part of their paths", () => {
    expect(matchingFiles(all, "X/1").map(({ path }) => path)).toEqual(["a/x/10.txt"]);
    expect(matchingFiles(all, " ")).toBe(all);
  });

  it("of 10,000 deep paths is made without overflowing the stack", () => {
    const deep = fileTree(files(...Array.from({ length: 10_000 }, (_, n) => `${"d/".repeat(250)}${n}`)));
    expect(visibleRows(deep, () => true)).toHaveLength(10_250);
  });
});

it.each([
  ["docs/a.md", "b.md", "docs/b.md"],
  ["docs/a.md", "./img/x%20y.png?raw=1#top", "docs/img/x y.png"],
  ["docs/a.md", "../README.md", "README.md"],
  ["docs/a.md", "../../README.md", "README.md"],
  ["docs/a.md", "/img/", "img"],
  ["100% a?/b.md", "c.md", "100% a?/c.md"],
  ["a.md", "%ff.png", "%ff.png"],
  ["a.md", "https://example.org/x", null],
  ["a.md", "//example.org/x", null],
  ["a.md", "mailto:a@example.org", null],
  ["a.md", "#top", null],
  ["a.md", "", null],
])("from %s, %j leads to %j", (file, url, path) => {
  expect(pathFrom(file, url)).toBe(path);
});
