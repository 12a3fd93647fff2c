import type { Artifact } from "#contract/artifact";
import type { Selection } from "./selection/selection";

/** What can be done with the rows of a list. */
export interface RowActions {
  selection: Selection;
  /** The id of the row that is open beside the list. */
  peeked: string | null;
  onPeek: (id: string) => void;
}

/** The key of an artifact, or the start of its id. */
export function rowName({ key, id }: Pick<Artifact, "key" | "id">): string {
  return key ?? id.slice(0, 8);
}
