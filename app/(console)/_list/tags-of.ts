import type { About } from "#contract/about";
import type { Artifact } from "#contract/artifact";

/** A row of a list, with the facts of its key where it stands for that, and whether that is pinned and unread. */
export type DescribedRow = Artifact & { about?: About | null; pinned?: boolean; unread?: boolean };

/** The tags of a version and of its key, each once. */
export function tagsOf({ tags, about }: Pick<DescribedRow, "tags" | "about">): string[] {
  return about ? [...new Set([...about.tags, ...tags])].sort() : tags;
}
