import names from "markdown-it-emoji/lib/data/full.mjs";

/** The character of a short code of GitHub, such as `rocket`. */
export function emojiOf(name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}
