import type { Artifact } from "#contract/artifact";
import { formatBytes, formatNumber, pluralize } from "./number";

/** How much an artifact holds, in the measure of its kind: rows, a per cent, a number or bytes. */
export function contentSize(artifact: Pick<Artifact, "type" | "rows" | "number" | "size">): string {
  if (artifact.rows !== null) return pluralize(artifact.rows, "row");
  if (artifact.number !== null) {
    return artifact.type === "progress" ? `${formatNumber(artifact.number)} %` : formatNumber(artifact.number);
  }
  return formatBytes(artifact.size);
}
