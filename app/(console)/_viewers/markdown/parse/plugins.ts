import type { MarkdownPlugins } from "./parse";

/** Whether a text may contain HTML, whose parser is loaded only then. */
export function needsHtml(text: string): boolean {
  return /<[a-z/!?]/i.test(text);
}

/** Whether a text may contain short codes such as `:rocket:`, whose list is loaded only then. */
export function needsEmoji(text: string): boolean {
  return /:[a-z0-9_+-]+:/.test(text);
}

/** Loads what a text needs. */
export async function loadPlugins(text: string): Promise<MarkdownPlugins> {
  return {
    ...(needsHtml(text) ? { html: (await import("./html")).parseHtml } : {}),
    ...(needsEmoji(text) ? { emoji: (await import("./emoji")).emojiOf } : {}),
  };
}
