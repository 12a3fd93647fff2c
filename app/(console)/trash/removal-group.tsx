"use client";

import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import type { TrashedArtifact } from "#contract/trash";
import { formatCount } from "#formats/number";
import { useRestoreRemoval } from "./mutations";

interface RemovalGroup<Row> {
  removal: string;
  rows: Row[];
}

/** Groups consecutive rows of one removal; the order of rows stays. */
export function groupByRemoval<Row extends { removal: string }>(rows: Row[]): RemovalGroup<Row>[] {
  const groups: RemovalGroup<Row>[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.removal === row.removal) last.rows.push(row);
    else groups.push({ removal: row.removal, rows: [row] });
  }
  return groups;
}

/**
 * The heading of versions that were deleted together, and can be restored together. `complete` is whether `rows` are
 * all of them; other pages or keys may have more.
 */
export function RemovalHeading({
  group: { removal, rows },
  complete,
}: {
  group: RemovalGroup<TrashedArtifact>;
  complete: boolean;
}) {
  const restore = useRestoreRemoval();
  const [first] = rows;
  const keys = new Set(rows.map((row) => row.key));
  const title = keys.size === 1 && first?.key ? first.key : `${formatCount(keys.size)} artifacts`;
  return (
    <li className="flex items-center gap-3 border-b bg-canvas py-1.5 pr-3 pl-4">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{title}</span>
        <span className="block truncate text-faint text-xs">
          {complete ? `${formatCount(rows.length)} versions deleted together` : "Deleted together"}{" "}
          {first && <Age of={first.removed} suffix=" ago" />}
        </span>
      </span>
      <Button disabled={restore.isPending} onClick={() => restore.mutate({ removal })}>
        {complete ? `Restore all ${formatCount(rows.length)}` : "Restore all"}
      </Button>
    </li>
  );
}
