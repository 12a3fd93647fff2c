import { type DownloadProgress, download } from "#app/_data/download";
import { contentOfTable, contentOfText, type ReadContent } from "#diff/files/content";
import { type DiffForm, usualSeparator } from "#formats/files/file-kind";
import type { ListedFile } from "#formats/files/file-list";
import { openTable } from "../../_viewers/tabular/open-table";

/** The content of a file as a side of a comparison. */
export interface FileContent extends Pick<ListedFile, "path" | "size" | "sha256"> {
  url: string;
  form: Exclude<DiffForm, "image">;
  /** Of a PDF, which the page reads: the text of its first pages, which of them could not be read, and how many it has. */
  pages?: { texts: string[]; unread: readonly number[]; of: number };
}

/** Ends a page, in a line of its own. */
const PAGE_BREAK = "\n\f\n";

/** Reads a file; of a PDF, whose pages were read, all their text. */
export async function readContent(
  { form, url, path, size, sha256, pages }: FileContent,
  onProgress: (progress: DownloadProgress) => void,
): Promise<ReadContent> {
  if (pages) return { text: JSON.stringify(pages.texts.join(PAGE_BREAK)) };
  if (form === "text" || form === "json" || form === "pdf") {
    return contentOfText(form, await download(url, onProgress));
  }
  const source = {
    format: form,
    url,
    size,
    sha256,
    isGzip: /\.gz$/i.test(path),
    choice: { usual: usualSeparator(path) },
    firstRow: 0,
    onRange: () => onProgress({ loaded: 0, problem: null }),
  };
  const { table, notes, part } = await openTable(source, onProgress);
  return contentOfTable(table, notes, part?.of);
}
