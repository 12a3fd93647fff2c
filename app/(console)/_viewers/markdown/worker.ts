import type { Block } from "./block";
import { readDocument } from "./document";
import { loadPlugins } from "./plugins";

/** The first message to the worker, which then ends. */
export interface MarkdownRequest {
  text: string;
  /** Whether headings get ids. */
  anchors: boolean;
}

/** A part of the response: reading a large document from one message would block the page. */
export interface MarkdownPart {
  groups: Block[][];
  /** The offset in the text after all groups, with the last part. */
  end: number | null;
}

const GROUPS_PER_PART = 4;

async function respond({ text, anchors }: MarkdownRequest): Promise<void> {
  const { groups, end } = readDocument(text, { anchors, ...(await loadPlugins(text)) });
  for (let at = 0; at < groups.length; at += GROUPS_PER_PART)
    postMessage({ groups: groups.slice(at, at + GROUPS_PER_PART), end: null } satisfies MarkdownPart);
  postMessage({ groups: [], end } satisfies MarkdownPart);
}

addEventListener("message", ({ data }: MessageEvent<MarkdownRequest>) => {
  respond(data).finally(close);
});
