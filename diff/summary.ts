import { formatCount, formatNumber, pluralize } from "#formats/number";
import { noteOf, stepOf } from "./cell";
import type { Difference, Same } from "./difference";
import type { Invisible } from "./invisible";
import type { Tolerance } from "./options";
import type { PartsDifference } from "./parts";
import type { TableDifference } from "./table";

/** A difference in one line: `12 rows added, 3 removed, 7 cells changed`. */
export function summaryOf(difference: Difference): string {
  switch (difference.kind) {
    case "same":
      return sameText(difference);
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
      return tableSummary(difference);
    case "parts":
      return partsSummary(difference);
  }
}

function sameText({ order, within }: Same): string {
  if (within !== undefined) return `No differences beyond ${toleranceText(within)}`;
  if (order === "columns") return "Same rows; columns in another order";
  return order === "members" ? "Same values; members in another order" : "No differences";
}

/** The name of a tolerance: `1 %`. */
export function toleranceText(tolerance: Tolerance): string {
  return tolerance.replace("%", " %");
}

function partsSummary(difference: PartsDifference): string {
  const { noun, outputs } = difference;
  const parts = counts(noun, difference);
  if (outputs === 0) return parts;
  const other = `utputs of ${pluralize(outputs, noun)} changed`;
  return parts === "" ? `O${other}` : `${parts}, o${other}`;
}

function tableSummary(difference: TableDifference): string {
  if (difference.statistics !== null) {
    const rows = `${formatCount(difference.removed)} removed, ${formatCount(difference.added)} added`;
    return [`Different rows: ${rows}`, columnCounts(difference)].filter(Boolean).join(", ");
  }
  const { failures, noun = "row" } = difference;
  const types = difference.typeChanges.filter(({ onlyType }) => onlyType).length;
  const changes = [
    failures && failures.appeared > 0 && `${pluralize(failures.appeared, noun)} newly failing`,
    failures && failures.mended > 0 && `${pluralize(failures.mended, noun)} mended`,
    counts(noun, { ...difference, changed: 0 }),
    difference.cells > 0 && `${pluralize(difference.cells, "cell")} changed`,
    columnCounts(difference),
    types > 0 && `${pluralize(types, "column")} changed type`,
  ].filter(Boolean);
  return changes.length > 0 ? changes.join(", ") : sameRowsText(difference);
}

/** What differs in tables that have the same rows. */
function sameRowsText({ reordered: { rows, columns }, within }: TableDifference): string {
  if (rows && columns) return "Same rows; rows and columns in another order";
  if (columns) return "Same rows; columns in another order";
  if (rows) return "Same rows in another order";
  return within > 0 ? "No differences beyond the tolerance" : "Same rows, written as another form of table";
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

function columnCounts({ columns }: TableDifference): string {
  const renamed = columns.filter((column) => column.formerName !== undefined).length;
  const added = columns.filter((column) => column.from === null).length;
  const removed = columns.filter((column) => column.to === null).length;
  const parts = [
    counts("column", { added, removed, changed: 0 }),
    renamed > 0 && `${added + removed > 0 ? formatCount(renamed) : pluralize(renamed, "column")} renamed`,
  ];
  return parts.filter(Boolean).join(", ");
}
