import { expect, it } from "vitest";
import { changedFiles, changesText } from "./pairs";

const file = (path: string, content: string, mediaType = "text/plain") => ({
  path,
  mediaType,
  size: 1,
  sha256: content,
});
const folder = (...files: ReturnType<typeof file>[]) => ({ type: "files", files });

it("matches the files of folders by path, and what was moved by its content", () => {
  const from = folder(
    ...[file("same", "1"), file("gone", "2"), file("a10", "3"), file("a9", "3"), file("old", "4"), file("type", "5")],
  );
  const to = folder(
    ...[file("same", "1"), file("a10", "6"), file("a9", "7"), file("new", "8"), file("b/old", "4")],
    file("type", "5", "text/csv"),
  );
  const changes = changedFiles(from, to);
  expect(changes.pairs.map(({ op, path }) => `${op} ${path}`)).toEqual([
    ...["changed a9", "changed a10", "moved b/old", "removed gone", "added new", "retyped type"],
  ]);
  expect(changes.same).toBe(1);
  expect(changesText(changes)).toBe("1 added, 1 removed, 2 changed, 1 moved, 1 of another type, 1 the same");
});

it("takes each file for a source only once", () => {
  const { pairs } = changedFiles(folder(file("a", "1")), folder(file("b", "1"), file("c", "1")));
  expect(pairs.map(({ op, path }) => `${op} ${path}`)).toEqual(["moved b", "added c"]);
});

it("compares two single files whatever their names are", () => {
  const single = (name: string, content: string) => ({ type: "file", files: [file(name, content)] });
  expect(changedFiles(single("a.txt", "1"), single("b.txt", "2")).pairs).toMatchObject([
    { op: "changed", path: "b.txt" },
  ]);
  expect(changesText(changedFiles(single("a.txt", "1"), single("a.txt", "1")))).toBe("No file differs");
});
