/** How two values can be compared: tables by row, JSON by path, anything by line. */
export const DIFF_MODES = ["rows", "paths", "lines"] as const;
export type DiffMode = (typeof DIFF_MODES)[number];
