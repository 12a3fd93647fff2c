"use client";

import { useRole } from "#app/_data/role";
import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import { ReasonButton, type Why } from "#app/_ui/confirm";
import type { TrashedArtifact } from "#contract/trash";
import { formatCount } from "#formats/number";
import { requestRestore } from "../_shell/restore-buttons";
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
  hasDeletion,
}: {
  group: RemovalGroup<TrashedArtifact>;
  complete: boolean;
  /** Whether the table has the column of the permanent deletion. */
  hasDeletion: boolean;
}) {
  const { mayWrite } = useRole();
  const restore = useRestoreRemoval();
  const [first] = rows;
  const keys = new Set(rows.map((row) => row.key));
  const title = keys.size === 1 && first?.key ? first.key : `${formatCount(keys.size)} artifacts`;
  const restoreAll = (why: Why = {}) => restore.mutate({ removal, ...why });
  return (
    <tr className="*:border-b *:bg-canvas max-md:first:*:first:rounded-tl-lg max-md:first:*:last:rounded-tr-lg">
      <th scope="rowgroup" colSpan={2} className="py-1.5 pr-3 pl-4 text-left font-normal">
        <span className="block wrap-anywhere font-medium">{title}</span>
        <span className="block text-faint text-xs">
          {complete ? `${formatCount(rows.length)} versions deleted together` : "Deleted together"}{" "}
          {first && <Age of={first.removed} suffix=" ago" />}
        </span>
      </th>
      <td className="max-md:hidden" />
      <td colSpan={2} className="max-lg:hidden" />
      <td colSpan={hasDeletion ? 2 : 1} className="max-md:hidden" />
      <td className="pr-3">
        <span className="flex justify-end gap-1">
          {mayWrite && (
            <>
              <Button disabled={restore.isPending} onClick={() => restoreAll()}>
                {complete ? `Restore all ${formatCount(rows.length)}` : "Restore all"}
              </Button>
              <span className="max-md:hidden">
                <ReasonButton
                  label="Restore all"
                  disabled={restore.isPending}
                  onClick={() => requestRestore("the versions deleted together", restoreAll)}
                />
              </span>
            </>
          )}
        </span>
      </td>
    </tr>
  );
}
