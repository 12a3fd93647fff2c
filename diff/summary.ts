import { formatNumber, pluralize } from "#formats/number";
import type { Difference } from "./difference";

/** A difference in one line: `12 rows added, 3 removed, 7 cells changed`. */
export function summaryOf(difference: Difference): string {
  switch (difference.kind) {
    case "same":
      return "No difference";
    case "images":
      return "The image differs";
    case "numbers": {
      const step = difference.to - difference.from;
      return `${step > 0 ? "+" : "−"}${formatNumber(Math.abs(step))}`;
    }
    case "text":
      return joined([counts("line", difference)], "The same lines");
    case "json":
      return joined([counts("value", difference)], "The same values");
    case "table":
      return joined(
        [
          counts("row", { ...difference, changed: 0 }),
          difference.cells > 0 && `${pluralize(difference.cells, "cell")} changed`,
          counts("column", { ...columnsOf(difference), changed: 0 }),
        ],
        "The same rows, in another order",
      );
  }
}

/** The noun stands once, at the first count: `2 lines added, 1 removed, 3 changed`. */
function counts(noun: string, count: { added: number; removed: number; changed: number }): string {
  const told = (["added", "removed", "changed"] as const).filter((op) => count[op] > 0);
  return told
    .map((op, at) => (at === 0 ? `${pluralize(count[op], noun)} ${op}` : `${formatNumber(count[op])} ${op}`))
    .join(", ");
}

function columnsOf({ columns }: Extract<Difference, { kind: "table" }>) {
  return {
    added: columns.filter((column) => column.from === null).length,
    removed: columns.filter((column) => column.to === null).length,
  };
}

function joined(parts: (string | false)[], otherwise: string): string {
  return parts.filter(Boolean).join(", ") || otherwise;
}
