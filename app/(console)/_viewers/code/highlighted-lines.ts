import type { Element, Root, RootContent } from "hast";
import { common, createLowlight } from "lowlight";
import type { Run } from "../text/runs";

const lowlight = createLowlight(common);
lowlight.registerAlias({
  bash: ["console", "shell", "zsh"],
  json: ["jsonc", "json5", "geojson"],
  ini: ["conf", "env"],
});

/** The lines of code in colours; none for a language that isn't known. For workers, as it may take long. */
export function* highlightedLines(language: string, text: string): Generator<Run[], void> {
  if (!lowlight.registered(language)) return;
  let line: Run[] = [];
  for (const { text: piece, className } of runsIn(lowlight.highlight(language, text))) {
    const [first = "", ...others] = piece.split("\n");
    const run = (part: string): Run => (className === null ? { text: part } : { text: part, className });
    line.push(run(first));
    for (const each of others) {
      yield line;
      line = [run(each)];
    }
  }
  yield line;
}

function* runsIn(root: Root): Generator<{ text: string; className: string | null }, void> {
  const stack: { node: Root | Element | RootContent; className: string | null }[] = [{ node: root, className: null }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, className } = top;
    if (node.type === "text") yield { text: node.value, className };
    if (!("children" in node)) continue;
    const own = node.type === "element" && Array.isArray(node.properties.className);
    const inner = own ? String(node.properties.className).replaceAll(",", " ") : className;
    for (const child of node.children.toReversed()) stack.push({ node: child, className: inner });
  }
}
