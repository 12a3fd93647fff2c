import { expect, it } from "vitest";
import { type FileContent, readContent } from "./file-content";
import { notesOfPages, withoutUnread } from "./pdf-pages";

function version(texts: string[], unread: number[]): { content: FileContent & Required<Pick<FileContent, "pages">> } {
  const pages = { texts, unread, of: texts.length };
  return { content: { path: "a.pdf", size: 1, sha256: "", url: "/a.pdf", form: "pdf", pages } };
}

it("does not compare pages that could not be read in one of both, and says so", () => {
  const [from, to] = [version(["a", "", "c"], [1]), version(["a", "b", ""], [2])];
  const texts = withoutUnread([from, to]).map(({ content }) => content.pages.texts);
  expect(texts).toEqual([
    ["a", "", ""],
    ["a", "", ""],
  ]);
  expect(notesOfPages([from.content.pages, to.content.pages])).toContain(
    "2 pages could not be read and are not compared.",
  );
  expect(notesOfPages([version(["a"], []).content.pages])).toHaveLength(1);
});

it("tells the pages of a PDF from their lines", async () => {
  const file = { path: "a.pdf", size: 1, sha256: "", url: "/a.pdf", form: "pdf" as const };
  const read = (...texts: string[]) =>
    readContent({ ...file, pages: { texts, unread: [], of: texts.length } }, () => {});
  expect(await read("a\nb", "c")).not.toEqual(await read("a", "b\nc"));
});
