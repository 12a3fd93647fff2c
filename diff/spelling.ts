import { prettyJson } from "#formats/exact-json";
import type { Budget } from "./budget";
import type { Difference } from "./difference";
import { textDifference } from "./text";

/**
 * What differs between two JSON texts whose values JavaScript reads as the same: integers beyond 2^53, `1.0` and `1`.
 * Spaces and line breaks between values say nothing.
 */
export function sourceDifference(from: string, to: string, budget: Budget): Difference {
  if (from === to) return { kind: "same" };
  const difference = textDifference(prettyJson(from), prettyJson(to), budget);
  return difference.added + difference.removed + difference.changed === 0 ? { kind: "same" } : difference;
}
