import { expect, it } from "vitest";
import { readPages, textOfPages } from "./document-text";

it("names the pages that could not be read, and reads those after them", async () => {
  const linesOf = async (page: number) => {
    if (page === 1) throw new Error("damaged");
    return [{ text: `Page ${page}` }, { text: "End" }];
  };
  expect(await readPages(3, linesOf)).toEqual({ texts: ["Page 0\nEnd", "", "Page 2\nEnd"], unread: [1] });
});

it("opens nothing for a request that has ended", async () => {
  const signal = AbortSignal.abort(new Error("Ended."));
  await expect(textOfPages({ url: "/a.pdf", size: 1 }, signal)).rejects.toThrow("Ended.");
});
