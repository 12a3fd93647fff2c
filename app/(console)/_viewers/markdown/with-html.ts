import type { ReactNode } from "react";
import { parseHtml } from "./parse/html";
import type { HtmlParser } from "./parse/parse";

/** Loaded on demand, since the HTML parser is about as large as the markdown parser. */
export function WithHtml({ children }: { children: (html: HtmlParser) => ReactNode }) {
  return children(parseHtml);
}
