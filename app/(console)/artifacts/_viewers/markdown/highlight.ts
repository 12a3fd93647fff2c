import type { Element, RootContent } from "hast";
import { common, createLowlight } from "lowlight";
import { MAX_PART_ELEMENTS, sizeOf } from "./block";
import { elementsIn, textIn } from "./tree";

const LONGEST = 50_000;

const lowlight = createLowlight(common);
lowlight.registerAlias({ bash: ["console", "shell", "shell-session"], json: ["jsonc", "json5"] });

/** Colours the code in a tree whose language is named and known; long code stays plain. */
export function highlight(node: RootContent): void {
  for (const element of elementsIn(node)) {
    if (element.tagName !== "code") continue;
    const language = languageOf(element.properties.className);
    if (language === null || !lowlight.registered(language)) continue;
    const text = textIn(element);
    if (text.length > LONGEST) continue;
    const coloured: Element = { ...element, children: [] };
    for (const child of lowlight.highlight(language, text).children)
      if (child.type !== "doctype") coloured.children.push(child);
    if (sizeOf(coloured) <= MAX_PART_ELEMENTS) element.children = coloured.children;
  }
}

function languageOf(classes: unknown): string | null {
  if (!Array.isArray(classes)) return null;
  const named = classes.find((name) => typeof name === "string" && name.startsWith("language-"));
  return typeof named === "string" ? named.slice("language-".length).toLowerCase() : null;
}
