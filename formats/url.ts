import type { Json } from "#contract/json";

/** The URL and text of a link: `{ url, text? }`, a markdown link, or a bare http(s) URL. Null for other data. */
export function parseLink(data: Json): { url: string; text: string } | null {
  if (data !== null && typeof data === "object" && !Array.isArray(data)) {
    if (typeof data.url !== "string") return null;
    return { url: data.url, text: typeof data.text === "string" && data.text ? data.text : data.url };
  }
  if (typeof data !== "string") return null;
  const markdown = /^\s*\[([^\]]*)\]\(\s*<?([^\s>)]+)>?(?:\s+"[^"]*")?\s*\)\s*$/.exec(data);
  if (markdown) return { url: markdown[2] ?? "", text: markdown[1] || markdown[2] || "" };
  return /^\s*https?:\/\/\S+\s*$/i.test(data) ? { url: data.trim(), text: data.trim() } : null;
}

/** A URL that is safe to follow: http, https or mailto, as a browser parses it. Else null. */
export function safeUrl(url: string): URL | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed : null;
}

/** Whether data of type image is one: a data URL of an image, an http(s) URL, or a path on this server. */
export function isImageUrl(data: Json): data is string {
  return typeof data === "string" && /^(?:data:image\/|https?:\/\/|\/)/i.test(data);
}
