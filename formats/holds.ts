import type { Artifact } from "#contract/artifact";
import { bytes, counted, decimal } from "./number";

/** How much an artifact holds, in the measure of its kind: rows, a per cent, a number or bytes. */
export function holds(artifact: Pick<Artifact, "type" | "rows" | "number" | "size">): string {
  if (artifact.rows !== null) return counted(artifact.rows, "row");
  if (artifact.number !== null) {
    return artifact.type === "progress" ? `${decimal(artifact.number)} %` : decimal(artifact.number);
  }
  return bytes(artifact.size);
}
