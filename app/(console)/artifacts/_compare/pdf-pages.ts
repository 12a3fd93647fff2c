import { formatCount, pluralize } from "#formats/number";
import type { FileContent } from "./file-content";

type Pages = NonNullable<FileContent["pages"]>;

/** The pages of a PDF as the parts of a document. */
export function pagesOf(texts: string[]) {
  return { noun: "page" as const, parts: texts.map((text) => ({ id: null, kind: "", text, output: null })) };
}

/** Two versions without the text of each page that could not be read in one of them: it would seem to be removed. */
export function withoutUnread<Version extends { content: FileContent | null }>(
  versions: readonly [Version, Version],
): [Version, Version] {
  const unread = unreadIn(versions.flatMap(({ content }) => content?.pages ?? []));
  const cleared = (version: Version): Version => {
    const { content } = version;
    if (!content?.pages || unread.size === 0) return version;
    const texts = content.pages.texts.map((text, page) => (unread.has(page) ? "" : text));
    return { ...version, content: { ...content, pages: { ...content.pages, texts } } };
  };
  return [cleared(versions[0]), cleared(versions[1])];
}

/** What has to be said about how the pages of PDFs are compared, as sentences. */
export function notesOfPages(all: readonly Pages[]): string[] {
  const most = Math.max(0, ...all.filter(({ texts, of }) => texts.length < of).map(({ texts }) => texts.length));
  const unread = unreadIn(all).size;
  return [
    ...(all.length > 0 ? ["Only the text of the pages is compared, not their pictures and layout."] : []),
    ...(most > 0 ? [`Only the first ${formatCount(most)} pages of each file are compared.`] : []),
    ...(unread > 0
      ? [`${pluralize(unread, "page")} could not be read and ${unread === 1 ? "is" : "are"} not compared.`]
      : []),
  ];
}

function unreadIn(all: readonly Pages[]): Set<number> {
  return new Set(all.flatMap(({ unread }) => unread));
}
