import { z } from "zod";
import { Key } from "./value";

/** What a chart can show of each version: its number, the rows of its table, or the size of its data. */
export const Measure = z.enum(["number", "rows", "size"]);
export type Measure = z.infer<typeof Measure>;

export const CollectionSeries = z.strictObject({ key: Key, measure: Measure.default("number") });
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
