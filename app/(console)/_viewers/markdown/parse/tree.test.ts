import type { Element } from "hast";
import { expect, it } from "vitest";
import { elementsIn, textIn } from "./tree";

it("walks trees that are too deep for recursion", () => {
  let node: Element = { type: "element", tagName: "p", properties: {}, children: [{ type: "text", value: "a" }] };
  for (let depth = 0; depth < 50_000; depth += 1) node = { ...node, children: [node] };
  expect([...elementsIn(node)]).toHaveLength(50_001);
  expect(textIn(node)).toBe("a");
});
