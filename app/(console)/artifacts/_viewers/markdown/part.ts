import type { RootContent } from "hast";

/** One block of a document: its tree and how many elements are in it, or what was written where these are too many. */
export type Block = { node: RootContent; elements: number } | { source: string };

/** What is sent to be read: a document, whether in one part, and whether its headings get names. */
export interface MarkdownRequest {
  text: string;
  whole: boolean;
  anchors: boolean;
}

/** What comes back of a document, part by part: its blocks and where in the text they end; `last` when nothing follows. */
export interface MarkdownPart {
  blocks: Block[];
  end: number;
  last: boolean;
}
