import { expect, it } from "vitest";
import { listed } from "./use-outline";

type Node = Parameters<typeof listed>[0][number];
const node = (title: string, ...items: Node[]) => ({ title, dest: title, url: null, items }) as unknown as Node;

it("lists the entries of a table of contents in order, with their depth", () => {
  const entries = listed([node("A", node("A\n 1", node(" "), node("A 1 b"))), node("B")]);
  expect(entries.map(({ title, depth }) => `${depth} ${title}`)).toEqual(["0 A", "1 A 1", "2 A 1 b", "0 B"]);
});

it("lists so many at most, however deep they are", () => {
  let deep = node("end");
  for (let at = 0; at < 10_000; at += 1) deep = node(`${at}`, deep);
  expect(listed([deep])).toHaveLength(2000);
  expect(listed([deep]).at(-1)?.depth).toBe(5);
});
