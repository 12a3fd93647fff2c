"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Fragment, useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { useRole } from "#app/_data/role";
import { buttonClass } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { useShortcuts } from "#app/_ui/shortcut";
import type { TrashedArtifact } from "#contract/trash";
import { ColumnHead } from "../_list/columns/column-head";
import { Pager } from "../_list/pager";
import { useRowFocus } from "../_list/row-focus";
import { SelectAllCheckbox, type Selection, SelectionStatus, useSelection } from "../_list/selection/selection";
import { retentionText } from "../_list/trash-retention";
import { useDeletePermanently } from "./mutations";
import { groupByRemoval, RemovalHeading } from "./removal-group";
import { TrashRow, versionName } from "./trash-row";
import { TrashSelection } from "./trash-selection";
import { type TrashView, trashHref, trashQuery } from "./view";

export function TrashList({ view, trashDays }: { view: TrashView; trashDays: number }) {
  const { data } = useSuspenseQuery(trashQuery(useApi(), view));
  const { mayWrite } = useRole();
  const [confirming, setConfirming] = useState<TrashedArtifact | null>(null);
  const deletePermanently = useDeletePermanently();
  const list = useRef<HTMLTableElement>(null);
  const selection = useSelection(data.items.map(({ id }) => id));
  const focus = useRowFocus(list, trashHref(view));
  useTrashShortcuts(focus, selection);
  if (data.items.length === 0) return <NoRows view={view} trashDays={trashDays} />;
  const groups = groupByRemoval(data.items);
  const isComplete = (index: number) =>
    !view.key && !view.search && (index > 0 || !data.previous) && (index < groups.length - 1 || !data.next);
  return (
    <>
      <div className="rounded-lg border bg-surface">
        <table ref={list} className="w-full table-fixed border-separate border-spacing-0 text-sm">
          <caption className="sr-only">Deleted versions</caption>
          <colgroup>
            <col className={mayWrite ? "w-10" : "w-4"} />
            <col />
            <col className="w-24 max-md:hidden" />
            <col className="w-32 max-lg:hidden" />
            <col className="w-28 max-lg:hidden" />
            <col className="w-24 max-md:hidden" />
            {trashDays > 0 && <col className="w-44 max-md:hidden" />}
            <col
              className={
                mayWrite ? `${groups.some(({ rows }) => rows.length > 1) ? "w-44" : "w-34"} max-md:w-32` : "w-4"
              }
            />
          </colgroup>
          <thead className="max-md:sr-only">
            <tr className="*:border-b">
              <td className="h-8 p-0 max-md:hidden">{mayWrite && <SelectAllCheckbox selection={selection} />}</td>
              <ColumnHead name="Artifact" sorting={undefined} className="pl-0" />
              <ColumnHead name="Version" sorting={undefined} className="text-right" />
              <ColumnHead name="Type" sorting={undefined} className="max-lg:hidden" />
              <ColumnHead name="Size" sorting={undefined} className="text-right max-lg:hidden" />
              <ColumnHead name="Deleted" sorting={undefined} className="text-right" />
              {trashDays > 0 && <ColumnHead name="Deleted permanently" sorting={undefined} className="text-right" />}
              <td className="p-0" />
            </tr>
          </thead>
          <tbody>
            {groups.map((group, index) => (
              <Fragment key={group.rows[0]?.id}>
                {group.rows.length > 1 && (
                  <RemovalHeading group={group} complete={isComplete(index)} hasDeletion={trashDays > 0} />
                )}
                {group.rows.map((row) => (
                  <TrashRow
                    key={row.id}
                    row={row}
                    trashDays={trashDays}
                    indented={group.rows.length > 1}
                    selection={selection}
                    onLeave={() => focus.leave([row.id])}
                    onDelete={() => setConfirming(row)}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <SelectionStatus selection={selection} />
      {selection.ids.length > 0 && <TrashSelection selection={selection} />}
      <Pager page={data} hrefOf={(cursor) => trashHref({ ...view, cursor })} />
      <Confirm
        open={confirming !== null}
        title="Delete permanently?"
        confirm="Delete permanently"
        busy={deletePermanently.isPending}
        withReason
        onConfirm={(why) =>
          confirming &&
          deletePermanently.mutate(
            { ids: [confirming.id], ...why },
            {
              onSuccess: () => focus.leave([confirming.id], confirming.id),
              onSettled: () => setConfirming(null),
            },
          )
        }
        onClose={() => setConfirming(null)}
      >
        {confirming && versionName(confirming)} will be deleted with its data. This can't be undone.
      </Confirm>
    </>
  );
}

function useTrashShortcuts(focus: ReturnType<typeof useRowFocus>, selection: Selection) {
  const hasCurrent = () => focus.current() !== null;
  const toggle = (range: boolean) => () => {
    const id = focus.current();
    if (id !== null) selection.toggle(id, range);
  };
  const { mayWrite } = useRole();
  useShortcuts(
    {
      j: { label: "Next row", run: () => focus.move(1), repeats: true },
      k: { label: "Previous row", run: () => focus.move(-1), repeats: true },
      // Rows are selected to be restored.
      ...(mayWrite && {
        x: { label: "Select", when: hasCurrent, run: toggle(false) },
        X: { label: "Extend selection", when: hasCurrent, run: toggle(true) },
        "* a": { label: "Select all on this page", run: () => selection.setAll(true) },
        Escape: {
          label: "Clear selection",
          when: () => selection.ids.length > 0,
          run: () => selection.setAll(false),
        },
      }),
    },
    "Trash",
  );
}

function NoRows({ view, trashDays }: { view: TrashView; trashDays: number }) {
  const isFiltered = view.key || view.search;
  const limited = isFiltered || view.cursor;
  return (
    <div className="rounded-lg border border-edge border-dashed px-4 py-16 text-center text-sm text-soft">
      <h2 className="mb-1 font-medium text-base text-ink">
        {view.cursor ? "Nothing on this page any more" : isFiltered ? "No matching versions" : "Trash is empty"}
      </h2>
      {!limited && <p>{retentionText(trashDays)}</p>}
      {limited && (
        <Link href={trashHref()} className={buttonClass("plain", "mt-4")}>
          All deleted versions
        </Link>
      )}
    </div>
  );
}
