import { importsOf } from "./syntax";
import { isTestCode, type Rule } from "./tree";

/** The files that lie directly in a folder count as one member of it, like each of its subfolders. */
const FILES = "its own files";

/**
 * The members of a folder do not import each other in a circle, at any level, types included: most often these are two
 * folders that import each other. Tests and test support are left out.
 */
export const folderCycles: Rule = (files) => {
  const imports = importsOf(files.filter(({ path }) => !isTestCode(path)));
  const folders = new Map<string, Map<string, Map<string, string>>>();
  for (const { from, line, to } of imports) {
    if (!to) continue;
    const { folder, a, b } = membersOf(from, to);
    if (a === b) continue;
    const members = folders.get(folder) ?? new Map<string, Map<string, string>>();
    const targets = members.get(a) ?? new Map<string, string>();
    folders.set(folder, members.set(a, targets.set(b, `${from}:${line}`)));
  }
  return [...folders].flatMap(([folder, members]) =>
    cyclesOf(members).map((cycle) => {
      const examples = cycle.map((member, i) => members.get(member)?.get(cycle[(i + 1) % cycle.length] ?? ""));
      return `${folder}: ${[...cycle, cycle[0]].join(" → ")} is a cycle (${examples.join("; ")}): move what they share below them.`;
    }),
  );
};

/** The deepest folder that contains both files, and its members on each side. */
function membersOf(from: string, to: string): { folder: string; a: string; b: string } {
  const [left, right] = [from.split("/"), to.split("/")];
  let depth = 0;
  while (depth < Math.min(left.length, right.length) - 1 && left[depth] === right[depth]) depth++;
  const member = (parts: string[]) => (depth === parts.length - 1 ? FILES : (parts[depth] ?? FILES));
  return { folder: left.slice(0, depth).join("/") || ".", a: member(left), b: member(right) };
}

/** One cycle for each edge that closes one in a depth-first search. */
function cyclesOf(members: Map<string, Map<string, string>>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const search = (member: string, path: string[]) => {
    const start = path.indexOf(member);
    if (start >= 0) found.push(path.slice(start));
    if (start >= 0 || done.has(member)) return;
    for (const target of members.get(member)?.keys() ?? []) search(target, [...path, member]);
    done.add(member);
  };
  for (const member of members.keys()) search(member, []);
  return found;
}
