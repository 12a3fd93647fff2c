import type { ReactNode } from "react";
import { emojiOf } from "./parse/emoji";
import type { MarkdownPlugins } from "./parse/parse";

/** Loaded on demand, for its list of names. */
export function WithEmoji({ children }: { children: (emoji: MarkdownPlugins["emoji"]) => ReactNode }) {
  return children(emojiOf);
}
