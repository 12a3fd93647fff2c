import { htmlIn, isTooDeep } from "#formats/markdown";

/** In characters. Longer texts are printed with their HTML, as parsing them takes seconds. */
const MAX_PARSED = 100_000;
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?<\/\1\s*>|<\/?([a-z][a-z0-9-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ENTITIES: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: " " };
/** What stands for the tags of an element; of other elements only the content is printed. */
const TAGS: Record<string, [start: string, end: string]> = {
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, [`${"#".repeat(level)} `, "\n"]])),
  ...Object.fromEntries(["b", "strong"].map((name) => [name, ["**", "**"]])),
  ...Object.fromEntries(["i", "em"].map((name) => [name, ["*", "*"]])),
  ...Object.fromEntries(["code", "kbd", "samp", "tt"].map((name) => [name, ["`", "`"]])),
  ...Object.fromEntries(["s", "del", "strike"].map((name) => [name, ["~~", "~~"]])),
  ...Object.fromEntries(["p", "div", "tr", "dt", "details", "blockquote"].map((name) => [name, ["", "\n"]])),
  hr: ["---\n", ""],
  li: ["- ", "\n"],
  dd: ["  ", "\n"],
  td: ["", "  "],
  th: ["", "  "],
  sup: ["^", ""],
  summary: ["▸ ", "\n"],
};

/** Markdown for a terminal: as it is written, with its HTML replaced by text. */
export function markdownText(text: string): string {
  if (text.length > MAX_PARSED || !/<[a-z!/]/i.test(text) || isTooDeep(text)) return text;
  const links: string[] = [];
  let shown = "";
  let at = 0;
  for (const { from, to, block, inCell } of htmlIn(text)) {
    const replaced = htmlText(text.slice(from, to), { lineBreak: inCell ? " / " : "\n", links });
    shown += text.slice(at, from) + (block ? tidy(replaced) : replaced);
    at = to;
  }
  return (shown + text.slice(at)).replace(/\n{3,}/g, "\n\n").trim();
}

/** The text of HTML. `links` has the addresses of links that are open, which follow their text. */
function htmlText(html: string, { lineBreak, links }: { lineBreak: string; links: string[] }): string {
  return html
    .replace(TOKEN, (token, _, name: string | undefined, attributes = "") => {
      const tag = name?.toLowerCase();
      if (tag === undefined) return "";
      const isEnd = token.startsWith("</");
      if (tag === "br") return lineBreak;
      if (tag === "img") return attributeOf(attributes, "alt");
      if (tag === "a") {
        if (!isEnd) links.push(attributeOf(attributes, "href"));
        const address = isEnd ? links.pop() : undefined;
        return address ? ` (${address})` : "";
      }
      return (Object.hasOwn(TAGS, tag) ? TAGS[tag]?.[isEnd ? 1 : 0] : undefined) ?? "";
    })
    .replace(/&(lt|gt|amp|quot|nbsp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

function attributeOf(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(attributes);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? "";
}

/** Without the indentation and the empty lines that its tags leave. */
function tidy(block: string): string {
  return block
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}
