import { z } from "zod";
import { MAX_LIMIT } from "./limits";

export const MAX_OFFSET = 2 ** 31 - 1;

/** Fields of `list`. */
export const byOffset = {
  limit: z.int().min(0).max(MAX_LIMIT).default(50),
  offset: z.int().min(0).max(MAX_OFFSET).default(0),
};

/** Fields of `page`; the cursor is the `next` or `previous` of another page. */
export const byCursor = {
  limit: z.int().min(1).max(MAX_LIMIT).default(50),
  cursor: z.string().min(1).max(2048).nullish(),
};

/** The limit of a count, which returns `atMost + 1` if there are more. */
export const atMost = z.int().min(0).max(1_000_000).optional();

/** How many rows have each value, of the 1,000 most frequent values. */
export type Counts = Record<string, number>;

/**
 * A page of rows by cursor. Following `next` (or `previous`) returns each row once if it exists throughout and its sort
 * key and filtered columns do not change; other rows may be repeated or skipped.
 */
export interface Page<T> {
  items: T[];
  /** The cursor of the page after this one, or null at the end. */
  next: string | null;
  /** The cursor of the page before this one, or null at the start. */
  previous: string | null;
}

/** A page of artifacts. */
export interface SearchedPage<T> extends Page<T> {
  /**
   * Where the query has words: how many versions changed and are not searched as they are now; with `asOf`, also those that
   * are searched as they are now, not as they were. At most 10,000 of each are counted.
   */
  pending?: number;
}

/** A value and how many of the counted rows have it. The id is that of a flow or deployment, else null. */
export interface FacetValue {
  value: string | null;
  id: string | null;
  count: number;
}

/**
 * The 50 most frequent values of each field among the rows of a filter. Beyond 10,000 rows, only the 10,000 created last
 * are counted and `complete` is false.
 */
export interface Facets {
  types: FacetValue[];
  flows: FacetValue[];
  deployments: FacetValue[];
  states: FacetValue[];
  /** Those of flow runs. */
  tags: FacetValue[];
  /** Those of the versions themselves and of their keys; none for runs. */
  artifactTags: FacetValue[];
  /** Those that name the rows; none for runs. */
  labels: FacetValue[];
  /** The names of who published them; none for runs. */
  authors: FacetValue[];
  /** Those of the keys of the rows; none for runs. */
  owners: FacetValue[];
  /**
   * The names in the metadata of the 2,000 rows created last; none for runs, and none where a response would have to wait for
   * them for more than a second.
   */
  metadataNames: FacetValue[];
  complete: boolean;
}
