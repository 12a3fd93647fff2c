"use client";

import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import type { TrashedArtifact } from "#contract/trash";
import { formatCount } from "#formats/number";
import { useRestoreRemoval } from "./restore";

/** The head of versions that were removed together: they can come back together. */
export function TogetherRow({ removal, rows }: { removal: string; rows: TrashedArtifact[] }) {
  const restore = useRestoreRemoval();
  const [first] = rows;
  const keys = new Set(rows.map((row) => row.key));
  const what = keys.size === 1 && first?.key ? first.key : `${formatCount(keys.size)} keys`;
  return (
    <li className="flex items-center gap-3 border-b bg-canvas py-1.5 pr-3 pl-4">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{what}</span>
        <span className="block truncate text-faint text-xs">
          {formatCount(rows.length)} versions removed together {first && <Age of={first.removed} suffix=" ago" />}
        </span>
      </span>
      <Button disabled={restore.isPending} onClick={() => restore.mutate({ removal })}>
        Restore together
      </Button>
    </li>
  );
}
