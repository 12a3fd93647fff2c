import type { Blockquote, Nodes, Root } from "mdast";

/** The kinds of alerts on GitHub: a quote that begins with a line such as `[!NOTE]`. */
export const ALERTS = ["note", "tip", "important", "warning", "caution"] as const;
const MARKER = new RegExp(`^\\[!(${ALERTS.join("|")})\\][ \\t]*(?:\\n|$)`, "i");

/** Replaces, in place, the first line of each alert by the attribute `data-alert`. */
export function markAlerts(root: Root): void {
  const stack: Nodes[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === "blockquote") markAlert(node);
    if ("children" in node) for (const child of node.children) stack.push(child);
  }
}

function markAlert(quote: Blockquote): void {
  const [paragraph] = quote.children;
  if (paragraph?.type !== "paragraph") return;
  const [text, second] = paragraph.children;
  const marker = text?.type === "text" ? MARKER.exec(text.value) : null;
  if (text?.type !== "text" || !marker) return;
  const rest = text.value.slice(marker[0].length);
  // `[!NOTE] *words*` is no alert: the marker has a line of its own.
  if (rest === "" && second && second.type !== "break" && !marker[0].endsWith("\n")) return;
  quote.data = { ...quote.data, hProperties: { dataAlert: marker[1]?.toLowerCase() } };
  if (rest !== "") text.value = rest;
  else if (paragraph.children.length === 1) quote.children.shift();
  else paragraph.children.splice(0, second?.type === "break" ? 2 : 1);
}
