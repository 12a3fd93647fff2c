import type { ReactNode } from "react";
import type { Artifact } from "#contract/artifact";
import { pluralize } from "#formats/number";

/** Consecutive rows of one run or day. */
export interface Group<Row> {
  /** The same while rows come and go. */
  id: string;
  name: string;
  first: Row;
  rows: Row[];
}

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** Groups consecutive rows by their flow run or by the day (UTC) of their creation; "none" is one group of all rows. */
export function groupsOf<Row extends Artifact>(rows: Row[], by: "none" | "run" | "day"): Group<Row>[] {
  const groups: Group<Row>[] = [];
  const met = new Map<string, number>();
  let last: string | null = null;
  for (const row of rows) {
    const identity = by === "none" ? "" : by === "run" ? (row.flowRunId ?? "") : row.created.slice(0, 10);
    if (identity !== last) {
      const nth = met.get(identity) ?? 0;
      met.set(identity, nth + 1);
      groups.push({ id: `${identity} ${nth}`, name: nameOf(row, by), first: row, rows: [] });
    }
    last = identity;
    groups.at(-1)?.rows.push(row);
  }
  return groups;
}

function nameOf({ created, flowRunId }: Artifact, by: "none" | "run" | "day"): string {
  if (by === "none") return "";
  return by === "day" ? DAY.format(new Date(created)) : (flowRunId ?? "Without a run");
}

/**
 * The row above the rows of a group.
 * @param columns how many columns its text takes; columns that the table does not have would take width from the others
 */
export function GroupHead({ title, count, columns }: { title: ReactNode; count: number; columns: number }) {
  return (
    <tr className="border-b">
      <th scope="rowgroup" colSpan={columns} className="h-8 truncate px-4 text-left font-medium text-sm">
        {title} <span className="ml-1 font-normal text-faint">{pluralize(count, "artifact")}</span>
      </th>
    </tr>
  );
}
