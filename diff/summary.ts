import { formatNumber, pluralize } from "#formats/number";
import { noteOf, stepOf } from "./cell";
import type { Difference } from "./difference";
import type { Invisible } from "./invisible";

/** A difference in one line: `12 rows added, 3 removed, 7 cells changed`. */
export function summaryOf(difference: Difference): string {
  switch (difference.kind) {
    case "same":
      return difference.order === undefined
        ? "No differences"
        : `Same values, ${difference.order} in a different order`;
    case "images":
      return "Image changed";
    case "numbers":
      return stepOf(difference.to - difference.from);
    case "text":
      // A string and other data can have the same text, and a difference can be beyond the part that is compared.
      return (counts("line", difference) || "Same lines") + invisibleNote(difference.invisible);
    case "json":
      return counts("value", difference);
    case "table":
      return (
        [
          counts("row", { ...difference, changed: 0 }),
          difference.cells > 0 && `${pluralize(difference.cells, "cell")} changed`,
          counts("column", { ...columnsOf(difference), changed: 0 }),
        ]
          .filter(Boolean)
          .join(", ") || "Same rows in a different order"
      );
  }
}

function invisibleNote(kinds: Invisible[]): string {
  return kinds.length > 0 ? `: ${noteOf(kinds)}` : "";
}

/** Names the noun once: `2 lines added, 1 removed, 3 changed`. */
function counts(noun: string, count: { added: number; removed: number; changed: number }): string {
  const ops = (["added", "removed", "changed"] as const).filter((op) => count[op] > 0);
  return ops
    .map((op, at) => (at === 0 ? `${pluralize(count[op], noun)} ${op}` : `${formatNumber(count[op])} ${op}`))
    .join(", ");
}

function columnsOf({ columns }: Extract<Difference, { kind: "table" }>) {
  return {
    added: columns.filter((column) => column.from === null).length,
    removed: columns.filter((column) => column.to === null).length,
  };
}
