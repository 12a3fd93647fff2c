import { byFile, type Import, importsOf } from "./imports";
import type { Rule } from "./tree";

/** No import cycles, types included: each one is told once, as the way around it. */
export const cycles: Rule = (files) => {
  const next = byFile(importsOf(files));
  const done = new Set<string>();
  const found: string[] = [];
  for (const file of files) walk(file.path, [], next, done, found);
  return found;
};

function walk(path: string, way: string[], next: Map<string, Import[]>, done: Set<string>, found: string[]): void {
  const start = way.indexOf(path);
  if (start >= 0) {
    found.push(`${[...way.slice(start), path].join(" → ")} is a cycle: move what they share to a file below both.`);
    return;
  }
  if (done.has(path)) return;
  for (const edge of next.get(path) ?? []) if (edge.to) walk(edge.to, [...way, path], next, done, found);
  done.add(path);
}
