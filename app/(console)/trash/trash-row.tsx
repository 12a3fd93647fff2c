"use client";

import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import type { TrashedArtifact } from "#contract/trash";
import { TypeIcon, TypeLabel, typeWord } from "../artifact-type";
import { holds } from "../holds";
import { useRestore } from "./restore";

const CELL = "h-11 px-3 align-middle first:pl-4 last:pr-4";

/** What a removed version is called. */
export function nameOf({ key, version, id }: TrashedArtifact): string {
  return key === null ? `Artifact ${id.slice(0, 8)}` : `v${version} of ${key}`;
}

/** One removed version, and what can be done with it. */
export function TrashRow({ row, grouped, onPurge }: { row: TrashedArtifact; grouped: boolean; onPurge: () => void }) {
  const restore = useRestore();
  return (
    <tr className="border-b transition-colors last:border-b-0 hover:bg-hover">
      <th scope="row" className={`${CELL} text-left font-normal max-md:py-2.5 ${grouped ? "md:pl-8!" : ""}`}>
        <span className="flex gap-2">
          <span className="truncate font-medium">{row.key ?? "No key"}</span>
          <span className="shrink-0 text-soft tabular-nums">
            {row.version === null ? row.id.slice(0, 8) : `v${row.version}`}
          </span>
        </span>
        <span className="mt-0.5 flex items-center gap-1.5 text-faint md:hidden">
          <TypeIcon type={row.type} className="size-3.5" />
          <span className="truncate">
            {typeWord(row.type)} · <Age of={row.removed} suffix=" ago" />
          </span>
        </span>
      </th>
      <td className={`${CELL} max-md:hidden`}>
        <TypeLabel type={row.type} />
      </td>
      <td className={`${CELL} text-faint tabular-nums max-md:hidden`}>{holds(row)}</td>
      <td className={`${CELL} text-right text-soft tabular-nums max-md:hidden`}>
        <Age of={row.removed} />
      </td>
      <td className={CELL}>
        <span className="flex justify-end gap-1">
          <Button
            aria-label={`Restore ${nameOf(row)}`}
            disabled={restore.isPending}
            onClick={() => restore.mutate({ id: row.id })}
          >
            Restore
          </Button>
          <Button look="quiet" aria-label={`Delete ${nameOf(row)} for good`} onClick={onPurge}>
            <span className="max-sm:hidden">Delete for good</span>
            <span aria-hidden className="sm:hidden">
              ✕
            </span>
          </Button>
        </span>
      </td>
    </tr>
  );
}
