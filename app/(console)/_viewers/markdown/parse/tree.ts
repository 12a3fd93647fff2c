import type { Element, Nodes, Root, RootContent } from "hast";

/** Every node of a tree in order, its root included. Without recursion, so that deep trees do not overflow the stack. */
export function* nodesIn(root: Nodes): Generator<Nodes, void> {
  const stack: Nodes[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    yield node;
    if ("children" in node) for (const child of node.children.toReversed()) stack.push(child);
  }
}

/** Every element of a tree in order. */
export function* elementsIn(root: Root | RootContent): Generator<Element, void> {
  for (const node of nodesIn(root)) if (node.type === "element") yield node;
}

export function textIn(root: Nodes): string {
  let text = "";
  for (const node of nodesIn(root)) if (node.type === "text") text += node.value;
  return text;
}
