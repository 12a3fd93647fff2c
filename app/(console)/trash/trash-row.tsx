"use client";

import { X } from "lucide-react";
import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import type { TrashedArtifact } from "#contract/trash";
import { contentSize } from "#formats/number";
import { TypeLabel } from "../_list/artifact-type";
import { ROW_FOCUS } from "../_list/row-focus";
import { RowCheckbox, type Selection } from "../_list/selection";
import { useRestoreVersion } from "./mutations";

/** The name of a deleted version: `v2 of sales`, or the start of its id where it has no key. */
export function versionName({ key, version, id }: Pick<TrashedArtifact, "key" | "version" | "id">): string {
  return key === null ? `Artifact ${id.slice(0, 8)}` : `v${version} of ${key}`;
}

export function TrashRow({
  row,
  indented,
  selection,
  onDelete,
}: {
  row: TrashedArtifact;
  indented: boolean;
  selection: Selection;
  onDelete: () => void;
}) {
  const restore = useRestoreVersion();
  return (
    <li
      data-row={row.id}
      className={`group grid scroll-mt-14 grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center border-b py-1.5 pr-3 transition-colors last:border-b-0 hover:bg-hover md:grid-cols-[2.5rem_minmax(0,1fr)_7rem_7rem_6rem_15rem] md:gap-x-4 ${indented ? "pl-4" : ""} ${selection.has(row.id) ? "bg-wash" : ""}`}
    >
      <span className="h-8 max-md:col-start-1 max-md:row-span-2 max-md:row-start-1 md:-mr-4">
        <RowCheckbox id={row.id} name={versionName(row)} selection={selection} />
      </span>
      <span className="flex min-w-0 gap-2 max-md:col-start-2 max-md:row-start-1">
        <span className="truncate font-medium">{row.key ?? "No key"}</span>
        <span className="shrink-0 text-soft tabular-nums">
          {row.version === null ? row.id.slice(0, 8) : `v${row.version}`}
        </span>
      </span>
      <span className="max-md:col-start-2 max-md:row-start-2">
        <TypeLabel type={row.type} />
      </span>
      <span className="text-right text-faint tabular-nums max-md:hidden">{contentSize(row)}</span>
      <span className="text-right text-soft tabular-nums max-md:hidden">
        <Age of={row.removed} />
      </span>
      <span className="flex justify-end gap-1 max-md:col-start-3 max-md:row-span-2 max-md:row-start-1">
        <Button
          {...ROW_FOCUS}
          aria-label={`Restore ${versionName(row)}`}
          disabled={restore.isPending}
          onClick={() => restore.mutate({ id: row.id })}
        >
          Restore
        </Button>
        <Button look="quiet" aria-label={`Delete ${versionName(row)} permanently`} onClick={onDelete}>
          <span className="max-md:hidden">Delete permanently</span>
          <X aria-hidden className="size-4 md:hidden" />
        </Button>
      </span>
    </li>
  );
}
