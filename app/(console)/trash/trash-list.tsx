"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Fragment, useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import type { TrashedArtifact } from "#contract/trash";
import { Pager } from "../_list/pager";
import { useRowFocus } from "../_list/row-focus";
import { SelectionCount, useSelection } from "../_list/selection";
import { usePurge } from "./purge";
import { trashQuery } from "./queries";
import { together } from "./removals";
import { TogetherRow } from "./together-row";
import { nameOf, TrashRow } from "./trash-row";
import { TrashSelection } from "./trash-selection";
import { useTrashShortcuts } from "./trash-shortcuts";
import { type TrashView, trashHref } from "./view";

/** Removed versions, the last removed first: each can come back or go for good. */
export function TrashList({ view }: { view: TrashView }) {
  const { data } = useSuspenseQuery(trashQuery(useApi(), view));
  const [purging, setPurging] = useState<TrashedArtifact | null>(null);
  const purge = usePurge();
  const list = useRef<HTMLUListElement>(null);
  const selection = useSelection(data.items.map(({ id }) => id));
  useTrashShortcuts(useRowFocus(list), selection);
  if (data.items.length === 0) return <Nothing view={view} />;
  return (
    <>
      <ul ref={list} aria-label="Removed versions" className="overflow-hidden rounded-lg border bg-surface text-sm">
        {together(data.items).map(({ removal, rows }) => (
          <Fragment key={rows[0]?.id}>
            {rows.length > 1 && <TogetherRow removal={removal} rows={rows} />}
            {rows.map((row) => (
              <TrashRow
                key={row.id}
                row={row}
                grouped={rows.length > 1}
                selection={selection}
                onPurge={() => setPurging(row)}
              />
            ))}
          </Fragment>
        ))}
      </ul>
      <SelectionCount selection={selection} />
      {selection.ids.length > 0 && <TrashSelection selection={selection} />}
      <Pager page={data} hrefOf={(cursor) => trashHref({ ...view, cursor })} />
      <Confirm
        open={purging !== null}
        title="Delete for good?"
        confirm="Delete for good"
        busy={purge.isPending}
        onConfirm={() => purging && purge.mutate({ ids: [purging.id] }, { onSettled: () => setPurging(null) })}
        onClose={() => setPurging(null)}
      >
        {purging && nameOf(purging)} will be gone with its data. This cannot be undone.
      </Confirm>
    </>
  );
}

function Nothing({ view }: { view: TrashView }) {
  const narrowed = view.key || view.cursor;
  return (
    <div className="rounded-lg border border-edge border-dashed px-4 py-16 text-center text-sm text-soft">
      <h2 className="mb-1 font-medium text-base text-ink">{narrowed ? "Nothing here" : "The trash is empty"}</h2>
      <p>{narrowed ? "This part of the trash is empty." : "What is deleted waits here before it goes for good."}</p>
      {narrowed && (
        <Link href={trashHref()} className={buttonClass("plain", "mt-4")}>
          All of the trash
        </Link>
      )}
    </div>
  );
}
