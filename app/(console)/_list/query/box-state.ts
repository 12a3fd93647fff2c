import type { KeyboardEvent } from "react";
import type { Facets } from "#contract/paging";

/** What rows have in common that match another query; `key` differs where the rest of the filter does. */
export interface FacetsSource {
  key: string;
  load: (query: string) => Promise<Facets>;
}

/** What the box and its assistant share. */
export interface BoxState {
  id: string;
  text: string;
  caret: number;
  /** Whether the caret is in the box. */
  focused: boolean;
  /** Whether a problem is shown even while the text is being written. */
  checked: boolean;
}

/** Of the open list: its option that Enter takes, and a key that it handles. */
export interface OpenList {
  activeId: string | undefined;
  onKey: (event: KeyboardEvent) => boolean;
}
