import type { Element, RootContent } from "hast";
import { common, createLowlight } from "lowlight";
import { MAX_PART_ELEMENTS, sizeOf } from "./block";
import { elementsIn, textIn } from "./tree";

/** In characters. Longer code is not highlighted. */
const MAX_CODE = 50_000;

const lowlight = createLowlight(common);
lowlight.registerAlias({ bash: ["console", "shell", "shell-session"], json: ["jsonc", "json5"] });

/** Highlights, in place, the code blocks of a tree whose language is known. */
export function highlight(node: RootContent): void {
  for (const element of elementsIn(node)) {
    if (element.tagName !== "code") continue;
    const language = languageOf(element.properties.className);
    if (language === null || !lowlight.registered(language)) continue;
    const text = textIn(element);
    if (text.length > MAX_CODE) continue;
    const highlighted: Element = { ...element, children: [] };
    for (const child of lowlight.highlight(language, text).children)
      if (child.type !== "doctype") highlighted.children.push(child);
    if (sizeOf(highlighted) <= MAX_PART_ELEMENTS) element.children = highlighted.children;
  }
}

function languageOf(classes: unknown): string | null {
  if (!Array.isArray(classes)) return null;
  const name = classes.find((each) => typeof each === "string" && each.startsWith("language-"));
  return typeof name === "string" ? name.slice("language-".length).toLowerCase() : null;
}
