import { readDocument } from "./document";
import { type Message, messagesOf } from "./message";
import { loadPlugins } from "./plugins";

/** The first message to the worker, which then ends. */
export interface MarkdownRequest {
  text: string;
  /** Whether headings get ids. */
  anchors: boolean;
}

async function respond({ text, anchors }: MarkdownRequest): Promise<void> {
  const groups = readDocument(text, { anchors, ...(await loadPlugins(text)) });
  let next = groups.next();
  for (; !next.done; next = groups.next()) for (const message of messagesOf(next.value)) postMessage(message);
  postMessage({ end: next.value } satisfies Message);
}

addEventListener("message", ({ data }: MessageEvent<MarkdownRequest>) => {
  respond(data).finally(close);
});
