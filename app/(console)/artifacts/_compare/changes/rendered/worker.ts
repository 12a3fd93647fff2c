import { createBudget } from "#diff/budget";
import { type Block, blockOf, groupsOf } from "../../../../_viewers/markdown/parse/block";
import { type Message, messagesOf } from "../../../../_viewers/markdown/parse/message";
import { parse } from "../../../../_viewers/markdown/parse/parse";
import { loadPlugins } from "../../../../_viewers/markdown/parse/plugins";
import { textIn } from "../../../../_viewers/markdown/parse/tree";
import { mergeDocuments } from "./merge";

/** The only message to the worker, which then ends. */
export interface MergeRequest {
  from: string;
  to: string;
}

/** In milliseconds. */
const BUDGET = 4000;

async function respond({ from, to }: MergeRequest): Promise<void> {
  const read = async (text: string) => parse(text, { anchors: false, ...(await loadPlugins(text)) });
  const nodes = mergeDocuments(await read(from), await read(to), createBudget(BUDGET));
  const blocks = nodes.map((node): Block => {
    const block = blockOf(node, "");
    return "source" in block ? { source: textIn(node) } : block;
  });
  for (const group of groupsOf(blocks)) for (const message of messagesOf(group)) postMessage(message);
  postMessage({ end: to.length + 1 } satisfies Message);
}

addEventListener("message", ({ data }: MessageEvent<MergeRequest>) => {
  respond(data).finally(close);
});
