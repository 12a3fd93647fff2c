import { NuqsTestingAdapter, type UrlUpdateEvent } from "nuqs/adapters/testing";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { type OpenFolder, useFolder } from "./use-folder";

const FILES = ["a.csv", "b.csv"].map((path) => ({ path, mediaType: "text/csv", size: 1, sha256: path }));

function Folder({ onOpen }: { onOpen: (folder: OpenFolder) => void }) {
  onOpen(useFolder(FILES));
  return null;
}

it("adds another file to the history, without what was chosen of the table of the former one", async () => {
  const opened: OpenFolder[] = [];
  const url = "?file=a.csv&table-search=Oslo&row=1&csv-separator=;&peek=1";
  const update = await new Promise<UrlUpdateEvent>((resolve) => {
    renderToString(
      <NuqsTestingAdapter searchParams={url} onUrlUpdate={resolve}>
        <Folder onOpen={(folder) => opened.push(folder)} />
      </NuqsTestingAdapter>,
    );
    opened[0]?.open("b.csv");
  });
  expect(opened[0]?.file?.path).toBe("a.csv");
  expect(update.queryString).toBe("?file=b.csv&peek=1");
  expect(update.options.history).toBe("push");
});
