/** The ways to compare two values that have more than one. */
export const DIFF_MODES = ["rows", "paths", "lines"] as const;
export type DiffMode = (typeof DIFF_MODES)[number];
