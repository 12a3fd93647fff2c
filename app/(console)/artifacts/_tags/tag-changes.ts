import { MAX_TAGS } from "#contract/limits";

/** Tags to add and to remove. */
export interface TagChange {
  add: string[];
  remove: string[];
}

/** Tags in a form, and the text that is typed beside them. */
export interface TagDraft {
  tags: string[];
  text: string;
}

export const NO_TAGS: TagDraft = { tags: [], text: "" };

/** As in the contract, whose module is too large for browsers. */
const MAX_LENGTH = 64;

/** The tags of a form, with those that are typed: commas separate them. */
export function typedTags({ tags, text }: TagDraft): string[] {
  const typed = text.split(",").map((tag) => tag.trim().slice(0, MAX_LENGTH));
  return [...new Set([...tags, ...typed.filter(Boolean)])].slice(0, MAX_TAGS);
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
