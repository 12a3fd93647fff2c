"use client";

import { Ellipsis, MessageSquareText, Trash2 } from "lucide-react";
import { useRole } from "#app/_data/role";
import { Age, TimedText } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import type { Why } from "#app/_ui/confirm";
import { Menu } from "#app/_ui/menu";
import type { TrashedArtifact } from "#contract/trash";
import { formatBytes, rowCount } from "#formats/number";
import { TypeLabel } from "../_list/artifact-type";
import { ROW_FOCUS } from "../_list/row-focus";
import { RowCheckbox, type Selection } from "../_list/selection/selection";
import { permanentDeletionOf, timeUntil } from "../_list/trash-retention";
import { requestRestore } from "../_shell/restore-buttons";
import { useRestoreVersion } from "./mutations";

const CELL = "px-3 py-1 align-middle";
// The frame does not clip its rows, so that the menu of the last one is not cut.
const ROUNDED =
  "last:*:first:rounded-bl-lg last:*:last:rounded-br-lg max-md:first:*:first:rounded-tl-lg max-md:first:*:last:rounded-tr-lg";

/** The name of a deleted version: `v2 of sales`, or the start of its id where it has no key. */
export function versionName({ key, version, id }: Pick<TrashedArtifact, "key" | "version" | "id">): string {
  return key === null ? `Artifact ${id.slice(0, 8)}` : `v${version} of ${key}`;
}

export function TrashRow({
  row,
  trashDays,
  indented,
  selection,
  onLeave,
  onDelete,
}: {
  row: TrashedArtifact;
  trashDays: number;
  indented: boolean;
  selection: Selection;
  /** Called before the row goes. */
  onLeave: () => void;
  onDelete: () => void;
}) {
  const { mayWrite, mayAdmin } = useRole();
  const restore = useRestoreVersion();
  const name = versionName(row);
  const restoreNow = () => {
    onLeave();
    restore.mutate({ id: row.id });
  };
  // The question returns the focus to this row, which it leaves then.
  const restoreFor = (why: Why) => restore.mutate({ id: row.id, ...why }, { onSuccess: onLeave });
  const version = row.version === null ? row.id.slice(0, 8) : `v${row.version}`;
  const deletion = permanentDeletionOf(row.removed, trashDays);
  const untilDeletion = deletion && <TimedText of={deletion} textAt={(now) => timeUntil(deletion, now)} />;
  return (
    <tr
      data-row={row.id}
      className={`group scroll-mt-14 *:border-b last:*:border-b-0 ${ROUNDED} ${selection.has(row.id) ? "*:bg-wash" : "hover:*:bg-hover has-focus-visible:*:bg-hover"}`}
    >
      <td className="h-10 p-0 max-md:align-top">
        <span className="block h-10">{mayWrite && <RowCheckbox id={row.id} name={name} selection={selection} />}</span>
      </td>
      <th
        scope="row"
        className={`${CELL} text-left font-normal max-md:py-2 max-md:pr-1 ${indented ? "pl-0 md:pl-4" : "pl-0"}`}
      >
        <span
          {...(mayWrite ? {} : { ...ROW_FOCUS, tabIndex: -1 })}
          className="block font-medium max-md:wrap-anywhere md:truncate"
          title={row.key ?? undefined}
        >
          {row.key ?? "No key"}
        </span>
        <span className="block text-soft tabular-nums md:hidden">
          {version} · <Age of={row.removed} suffix=" ago" />
        </span>
        {untilDeletion && (
          <span className="block text-faint text-xs md:hidden">Deleted permanently {untilDeletion}</span>
        )}
      </th>
      <td className={`${CELL} text-right text-soft tabular-nums max-md:hidden`}>{version}</td>
      <td className={`${CELL} truncate max-lg:hidden`}>
        <TypeLabel type={row.type} />
      </td>
      <td className={`${CELL} truncate text-right text-faint tabular-nums max-lg:hidden`}>
        {row.rows === null ? formatBytes(row.size) : rowCount(row.type, row.rows)}
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums max-md:hidden`}>
        <Age of={row.removed} />
      </td>
      {untilDeletion && <td className={`${CELL} text-right text-soft tabular-nums max-md:hidden`}>{untilDeletion}</td>}
      <td className={`${CELL} max-md:py-2 max-md:pl-0 max-md:align-top`}>
        <span className="flex justify-end gap-1">
          {mayWrite && (
            <Button {...ROW_FOCUS} aria-label={`Restore ${name}`} disabled={restore.isPending} onClick={restoreNow}>
              Restore
            </Button>
          )}
          {mayWrite && (
            <Menu
              compact
              label={`More actions for ${name}`}
              icon={<Ellipsis aria-hidden className="size-4" />}
              items={[
                {
                  label: "Restore with a reason…",
                  icon: <MessageSquareText aria-hidden className="size-3.5" />,
                  run: () => requestRestore(name, restoreFor),
                },
                ...(mayAdmin
                  ? [
                      {
                        label: "Delete permanently",
                        icon: <Trash2 aria-hidden className="size-3.5" />,
                        danger: true,
                        run: onDelete,
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </span>
      </td>
    </tr>
  );
}
