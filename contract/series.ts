import { z } from "zod";
import { Key } from "./value";

/** What of a version can be drawn over its numbers: its number, a table's rows, the size of its data. */
export const Measure = z.enum(["number", "rows", "size"]);
export type Measure = z.infer<typeof Measure>;

/** Input of `collection.series`. */
export const CollectionSeries = z.strictObject({ key: Key, measure: Measure.default("number") });
export type CollectionSeries = z.infer<typeof CollectionSeries>;

/** One version in a series. */
export interface SeriesPoint {
  version: number;
  created: string;
  value: number;
}

/** A measure over the versions of a key that have it, the oldest first; of more than 1,000 the least and greatest of each stretch. */
export interface Series {
  key: string;
  /** How many versions have the measure; more than there are points where some were left out. */
  versions: number;
  points: SeriesPoint[];
}
