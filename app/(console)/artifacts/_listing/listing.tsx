"use client";

import { lazy, Suspense, useRef } from "react";
import { loadCode } from "#app/_data/connection";
import type { Page } from "#contract/paging";
import { ArtifactTable } from "../../_list/artifact-table";
import type { Sorting } from "../../_list/columns/column-head";
import type { Display } from "../../_list/columns/display";
import { NewRowsButton } from "../../_list/live/new-rows-button";
import { Pager } from "../../_list/pager";
import { PEEK_PANEL } from "../../_list/peek-button";
import type { RowActions } from "../../_list/row-actions";
import { SelectionStatus } from "../../_list/selection/selection";
import { useWhyLine } from "../../_list/why/use-why-line";
import { type ListedRow, useRowActions } from "./row-actions";
import { useStableRows } from "./stable-rows";
import type { Group, Layout, View } from "./view";

// Most visits need none of these.
const Peek = lazy(() => loadCode(() => import("./peek")).then((module) => ({ default: module.Peek })));
const ArtifactCards = lazy(() =>
  loadCode(() => import("./cards/artifact-cards")).then((module) => ({ default: module.ArtifactCards })),
);
const DeleteKeys = lazy(() =>
  loadCode(() => import("./delete-keys")).then((module) => ({ default: module.DeleteKeys })),
);
const SelectionBar = lazy(() =>
  loadCode(() => import("./selection-bar")).then((module) => ({ default: module.SelectionBar })),
);

/** A page of artifacts as rows or cards, with a peek over its right side. Live changes move neither rows nor the pages around. */
export function Listing<Row extends ListedRow>({
  caption,
  query,
  page,
  updatedAt,
  renderedAt,
  layout,
  display,
  trashDays,
  view,
  sorting,
  group,
  find,
  identityOf,
  hrefOf,
  pageHref,
}: {
  caption: string;
  /** Another query replaces the rows; one that stays keeps its selection and focus. */
  query: string;
  page: Page<Row>;
  /** When the browser last received the page, and the server last rendered it, in milliseconds. */
  updatedAt: number;
  renderedAt: number;
  layout: Layout;
  display: Display | null;
  trashDays: number;
  view: View;
  sorting: Sorting;
  group: Group;
  /** The words of the query of the view; empty for none. */
  find: string;
  /** Equal for two states of one row. */
  identityOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
  /** The URL of the page at a cursor. */
  pageHref: (cursor: string) => string;
}) {
  const { rows, next, previous, newCount, showNew } = useStableRows(page, { query, updatedAt, renderedAt }, identityOf);
  const whyOf = useWhyLine(view, find);
  const list = useRef<HTMLDivElement>(null);
  const rowActions = useRowActions(list, query, rows, hrefOf, find);
  const { selection, peeked, setPeeked, step, deleteRows, deleteVersions, confirmation } = rowActions;
  const actions: RowActions = { selection, peeked, onPeek: (id) => setPeeked(id === peeked ? null : id) };
  return (
    <>
      <div ref={list} className="min-w-0">
        <NewRowsButton
          newCount={newCount}
          onShow={() => {
            showNew();
            window.scrollTo({ top: 0 });
          }}
        />
        {layout === "cards" ? (
          // No Suspense boundary: without JavaScript its content would stay hidden.
          <ArtifactCards
            caption={caption}
            cards={rows.map((row) => ({ artifact: row, identity: identityOf(row), href: hrefOf(row) }))}
            whyOf={whyOf}
            actions={actions}
          />
        ) : (
          <ArtifactTable
            caption={caption}
            rows={rows}
            identityOf={identityOf}
            hrefOf={hrefOf}
            sorting={sorting}
            group={group}
            display={display}
            whyOf={whyOf}
            actions={actions}
          />
        )}
        <Pager page={{ next, previous }} hrefOf={pageHref} />
      </div>
      {peeked !== null && (
        <Suspense fallback={<div className={`${PEEK_PANEL} max-lg:hidden`} />}>
          <Peek
            id={peeked}
            row={rows.find(({ id }) => id === peeked)}
            onStep={step}
            onShow={setPeeked}
            onClose={() => setPeeked(null)}
          />
        </Suspense>
      )}
      <SelectionStatus selection={selection} />
      <Suspense>
        {selection.ids.length > 0 && (
          <SelectionBar
            view={view}
            selection={selection}
            rows={rows}
            onDelete={deleteRows}
            onDeleteVersions={deleteVersions}
          />
        )}
        {confirmation.keys !== null && <DeleteKeys {...confirmation} trashDays={trashDays} />}
      </Suspense>
    </>
  );
}
