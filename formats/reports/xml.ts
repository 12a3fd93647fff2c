/** An element of XML, as far as reports need it. */
export interface XmlElement {
  name: string;
  attributes: Record<string, string | undefined>;
  children: XmlElement[];
  /** Its own text, without that of its children. */
  text: string;
}

const MAX_DEPTH = 200;

const NAME = "[\\p{L}_:][\\p{L}\\p{N}\\p{M}_:.\\u00b7-]*";
const OPENING = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, "uy");
const CLOSING = new RegExp(`</(${NAME})\\s*>`, "uy");
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "gu");
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi;
const NAMED: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

/** What is no element, by what it begins and ends with. A type of the document is left out with the entities that it declares. */
const SKIPPED = [
  ["<!--", "-->"],
  ["<?", "?>"],
] as const;

/** The root of an XML text; null where it is not well-formed, or too deep. Nothing is loaded, and no entity but the five is read. */
export function readXml(source: string): XmlElement | null {
  const text = source.startsWith("\uFEFF") ? source.slice(1) : source;
  const top: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [top];
  const texts: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    const parent = open.at(-1) ?? top;
    if (text[at] !== "<") {
      const end = endOf(text, "<", at);
      texts.at(-1)?.push(withoutReferences(text.slice(at, end)));
      at = end;
      continue;
    }
    const skipped = SKIPPED.find(([start]) => text.startsWith(start, at));
    if (skipped) {
      const end = text.indexOf(skipped[1], at + skipped[0].length);
      if (end < 0) return null;
      at = end + skipped[1].length;
      continue;
    }
    if (text.startsWith("<![CDATA[", at)) {
      const end = text.indexOf("]]>", at);
      if (end < 0) return null;
      texts.at(-1)?.push(text.slice(at + 9, end));
      at = end + 3;
      continue;
    }
    if (text.startsWith("<!DOCTYPE", at) && open.length === 1 && top.children.length === 0) {
      const end = endOfDoctype(text, at);
      if (end < 0) return null;
      at = end;
      continue;
    }
    CLOSING.lastIndex = at;
    const closing = CLOSING.exec(text);
    if (closing) {
      const element = open.pop();
      if (!element || element === top || element.name !== closing[1]) return null;
      element.text = (texts.pop() ?? []).join("");
      at = CLOSING.lastIndex;
      continue;
    }
    OPENING.lastIndex = at;
    const [, name = "", attributes = "", isEmpty] = OPENING.exec(text) ?? [];
    if (name === "" || open.length > MAX_DEPTH) return null;
    if (open.length === 1 && top.children.length > 0) return null;
    const element: XmlElement = { name, attributes: attributesOf(attributes), children: [], text: "" };
    parent.children.push(element);
    if (!isEmpty) {
      open.push(element);
      texts.push([]);
    }
    at = OPENING.lastIndex;
  }
  const hasTextAround = (texts[0] ?? []).some((each) => each.trim() !== "");
  return open.length === 1 && !hasTextAround ? (top.children[0] ?? null) : null;
}

/** The beginning of a text with the first tag of its root. */
const START = /^\uFEFF?\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->)[\s\S])*-->\s*|<!DOCTYPE[^>[]*>\s*)*(<[^!?>]*>)/i;
/** In characters: it is among these. */
const MAX_START = 4096;

/** The first tag of the root, of a text that may be XML; null of any other. Reads the beginning alone. */
export function rootTag(text: string): string | null {
  return START.exec(text.slice(0, MAX_START))?.[1] ?? null;
}

/** All elements of a name within an element, also deeper ones, but not those within another of the name. */
export function* elementsOf(element: XmlElement, name: string): Generator<XmlElement> {
  for (const child of element.children) {
    if (child.name === name) yield child;
    else yield* elementsOf(child, name);
  }
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

/** Its own declarations are between brackets. */
function endOfDoctype(text: string, from: number): number {
  const end = text.indexOf(">", from);
  const bracket = text.indexOf("[", from);
  if (bracket < 0 || bracket > end) return end < 0 ? -1 : end + 1;
  const closing = /\]\s*>/g;
  closing.lastIndex = bracket;
  return closing.test(text) ? closing.lastIndex : -1;
}

function attributesOf(source: string): Record<string, string | undefined> {
  const attributes: Record<string, string | undefined> = Object.create(null);
  for (const [, name = "", double, single] of source.matchAll(ATTRIBUTE)) {
    attributes[name] = withoutReferences(double ?? single ?? "").replace(/[\t\n\r]/g, " ");
  }
  return attributes;
}

function withoutReferences(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(REFERENCE, (reference, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? reference;
    const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : reference;
  });
}
