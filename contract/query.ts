import { z } from "zod";
import { MAX_LIMIT } from "./limits";

const MAX_OFFSET = 2 ** 31 - 1;

/** The fields by which `list` walks: limit 0 to 200 (50), offset from 0. */
export const byOffset = {
  limit: z.int().min(0).max(MAX_LIMIT).default(50),
  offset: z.int().min(0).max(MAX_OFFSET).default(0),
};

/** The fields by which `page` walks: limit 1 to 200 (50), and the `next` or `previous` of an earlier page. */
export const byCursor = {
  limit: z.int().min(1).max(MAX_LIMIT).default(50),
  cursor: z.string().min(1).max(2048).nullish(),
};

/** Bounds a count: it gives at most `atMost + 1`, which reads "more than `atMost`". */
export const atMost = z.int().min(0).max(1_000_000).optional();

/**
 * A page of a walk by cursor. Following `next` (or `previous`) neither repeats nor skips a row that lived throughout
 * and whose sort key and filtered columns stayed; a row that moved may be met again or not at all.
 */
export interface Page<T> {
  items: T[];
  /** The cursor of the page after this one, or null at the end. */
  next: string | null;
  /** The cursor of the page before this one, or null at the start. */
  previous: string | null;
}

/** One value of a facet, and how many of the counted rows have it; flows and deployments come with their id. */
export interface FacetValue {
  value: string | null;
  id: string | null;
  count: number;
}

/**
 * What the rows under a filter have in common: the 50 most frequent values of each. Counted are all rows up to 10,000;
 * with more, `complete` is false and the counts are those of the 10,000 created last.
 */
export interface Facets {
  types: FacetValue[];
  flows: FacetValue[];
  deployments: FacetValue[];
  states: FacetValue[];
  tags: FacetValue[];
  complete: boolean;
}
