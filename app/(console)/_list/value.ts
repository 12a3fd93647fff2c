import type { Artifact } from "#contract/artifact";
import { formatNumber, pluralize, shortNumber } from "#formats/number";

/** What an artifact says, in a few characters; `title` has all digits of a number. Null where only its content can say it. */
export function contentValue({ type, rows, number }: Pick<Artifact, "type" | "rows" | "number">) {
  if (rows !== null) return { text: pluralize(rows, "row"), title: undefined };
  if (number === null) return null;
  const unit = type === "progress" ? " %" : "";
  return { text: shortNumber(number) + unit, title: formatNumber(number) + unit };
}
