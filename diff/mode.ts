/** The ways to compare two values that have more than one. */
export const WAYS = ["rows", "paths", "lines"] as const;
export type Way = (typeof WAYS)[number];
