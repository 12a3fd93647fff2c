/** Tags to add and to remove. */
export interface TagChange {
  add: string[];
  remove: string[];
}

/** The changes that bring back former tags, one for all that were changed in the same way. */
export function inverseChanges(
  changed: { which: string; tags: string[]; previous: string[] }[],
): (TagChange & { of: string[] })[] {
  const changes = new Map<string, TagChange & { of: string[] }>();
  for (const { which, tags, previous } of changed) {
    const change = {
      add: previous.filter((tag) => !tags.includes(tag)),
      remove: tags.filter((tag) => !previous.includes(tag)),
    };
    const name = JSON.stringify(change);
    const known = changes.get(name) ?? { ...change, of: [] };
    known.of.push(which);
    changes.set(name, known);
  }
  return [...changes.values()];
}

/** Each tag of some rows, with how many of those have it, by name. */
export function tagCounts(rows: { tags: string[] }[]): [tag: string, count: number][] {
  const counts = new Map<string, number>();
  for (const tag of rows.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
