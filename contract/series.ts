import { z } from "zod";
import { Pattern } from "./filter";
import { MAX_LIMIT } from "./limits";
import { AsOf, Key } from "./value";

/** What a chart can show of each version: its number, the rows of its table, or the size of its data. */
export const Measure = z.enum(["number", "rows", "size"]);
export type Measure = z.infer<typeof Measure>;

/**
 * With `metadata`, the name of a field, the measure is the number that each version has in that field. `from` and `to` are
 * the numbers of the first and the last version.
 */
export const CollectionSeries = z.strictObject({
  key: Key,
  measure: Measure.default("number"),
  metadata: Pattern.nullish(),
  from: z.int().min(1).nullish(),
  to: z.int().min(1).nullish(),
  asOf: AsOf,
});
export type CollectionSeries = z.infer<typeof CollectionSeries>;

export interface SeriesPoint {
  version: number;
  created: string;
  value: number;
  flowRunId: string | null;
}

/** The versions of a key that have the measure, oldest first; beyond 1,000, the least and greatest of each interval. */
export interface Series {
  key: string;
  /** How many versions have the measure, which can be more than there are points. */
  versions: number;
  points: SeriesPoint[];
}

export const CollectionTrends = z.strictObject({ keys: z.array(Key).min(1).max(MAX_LIMIT), asOf: AsOf });
export type CollectionTrends = z.infer<typeof CollectionTrends>;

/** What lists show of a version beside the others of its key. */
export interface TrendPoint {
  version: number;
  number: number | null;
  rows: number | null;
  size: number;
}

/** The last 20 versions of a key, oldest first; none where the key has no versions. */
export interface Trend {
  key: string;
  points: TrendPoint[];
}
