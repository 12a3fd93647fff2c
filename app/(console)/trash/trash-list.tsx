"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Fragment, useState } from "react";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { Confirm } from "#app/_ui/dialog";
import type { TrashedArtifact } from "#contract/trash";
import { Pager } from "../pager";
import { usePurge } from "./purge";
import { trashQuery } from "./queries";
import { together } from "./removals";
import { TogetherRow } from "./together-row";
import { nameOf, TrashRow } from "./trash-row";
import { type TrashView, trashHref } from "./view";

const HEAD = "h-9 px-3 text-left font-normal text-xs text-faint first:pl-4 last:pr-4";

/** Removed versions, the last removed first: each can come back or go for good. */
export function TrashList({ view }: { view: TrashView }) {
  const { data } = useSuspenseQuery(trashQuery(useApi(), view));
  const [purging, setPurging] = useState<TrashedArtifact | null>(null);
  const purge = usePurge();
  if (data.items.length === 0) return <Nothing view={view} />;
  return (
    <>
      <div className="overflow-hidden rounded-lg border bg-surface">
        <table className="w-full table-fixed border-collapse text-sm">
          <caption className="sr-only">Removed versions</caption>
          <colgroup>
            <col className="md:w-[34%]" />
            <col className="w-0 md:w-28" />
            <col className="w-0 md:w-auto" />
            <col className="w-0 md:w-24" />
            <col className="w-36 sm:w-56" />
          </colgroup>
          <thead className="border-b max-md:sr-only">
            <tr>
              <th scope="col" className={HEAD}>
                Version
              </th>
              <th scope="col" className={HEAD}>
                Type
              </th>
              <th scope="col" className={HEAD}>
                Holds
              </th>
              <th scope="col" className={`${HEAD} text-right`}>
                Removed
              </th>
              <th scope="col" className={`${HEAD} text-right`}>
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {together(data.items).map(({ removal, rows }) => (
              <Fragment key={rows[0]?.id}>
                {rows.length > 1 && <TogetherRow removal={removal} rows={rows} />}
                {rows.map((row) => (
                  <TrashRow key={row.id} row={row} grouped={rows.length > 1} onPurge={() => setPurging(row)} />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
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
    <div className="rounded-lg border border-dashed border-edge px-4 py-16 text-center text-soft text-sm">
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
