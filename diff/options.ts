/** How two values can be compared: notebooks by cell, tables by row, JSON by path, anything by line. */
export const DIFF_MODES = ["parts", "rows", "paths", "lines"] as const;
export type DiffMode = (typeof DIFF_MODES)[number];

/** How far two numbers may be apart and still count as the same: not at all, rounding errors, or one per cent. */
export const TOLERANCES = ["exact", "1e-9", "1%"] as const;
export type Tolerance = (typeof TOLERANCES)[number];

/** The order of changed rows: that of the tables, or the largest change first. */
export const ROW_ORDERS = ["table", "largest"] as const;
export type RowOrder = (typeof ROW_ORDERS)[number];

/** How to identify rows: by inferred columns, by their order, or by the columns of these names. */
export type KeyChoice = "inferred" | "order" | { columns: string[] };

/** A column that has another name on the new side. */
export interface Rename {
  from: string;
  to: string;
}

export interface DiffOptions {
  /** Null selects the mode that fits best. */
  mode: DiffMode | null;
  key: KeyChoice;
  tolerance: Tolerance;
  order: RowOrder;
  renamed: Rename[];
}

/** What a comparison does unless the reader chooses otherwise. */
export const DEFAULT_OPTIONS: DiffOptions = {
  mode: null,
  key: "inferred",
  tolerance: "exact",
  order: "table",
  renamed: [],
};

/** The largest sum of two sizes, in bytes, that is compared. */
export const MAX_COMPARED_BYTES = 64_000_000;
