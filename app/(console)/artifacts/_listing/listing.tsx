"use client";

import { lazy, Suspense, useEffect, useRef, useState } from "react";
import type { Artifact } from "#contract/artifact";
import type { Page } from "#contract/query";
import type { RowActions } from "../../_list/artifact-row";
import { ArtifactTable } from "../../_list/artifact-table";
import { useRowFocus } from "../../_list/row-focus";
import { SelectionCount, useSelection } from "../../_list/selection";
import { useRemoveMany } from "./bulk-delete";
import { useListShortcuts } from "./list-shortcuts";
import { NewsPill } from "./new-rows-pill";
import { usePeekParam } from "./peek-param";
import { settled } from "./stable-rows";

// What most pages do not show is loaded where one does.
const Peek = lazy(() => import("./peek").then((module) => ({ default: module.Peek })));
const ArtifactCards = lazy(() => import("./artifact-cards").then((module) => ({ default: module.ArtifactCards })));
const SelectionBar = lazy(() => import("./selection-bar").then((module) => ({ default: module.SelectionBar })));

/**
 * A page of artifacts as rows or cards, with one of them open beside it. What is shown stays in its place while the
 * answer behind it changes; `asked` is when the server last made the page (milliseconds), which shows it anew.
 */
export function Listing<Row extends Artifact & { versions?: number }>({
  caption,
  page,
  updatedAt,
  asked,
  as,
  nameOf,
  hrefOf,
}: {
  caption: string;
  page: Page<Row>;
  updatedAt: number;
  asked: number;
  as: "list" | "cards";
  /** What tells that two rows are one and the same. */
  nameOf: (row: Row) => string;
  hrefOf: (row: Row) => string;
}) {
  const [pin, setPin] = useState({ rows: page.items, asked });
  const anew = pin.asked !== asked && updatedAt >= asked;
  const { rows, news } = anew
    ? { rows: page.items, news: 0 }
    : settled(pin.rows, page.items, page.next !== null, nameOf);
  if (rows === page.items && (anew || rows !== pin.rows)) setPin({ rows, asked: anew ? asked : pin.asked });

  const list = useRef<HTMLDivElement>(null);
  const focus = useRowFocus(list);
  const selection = useSelection(rows.map(({ id }) => id));
  const [peeked, setPeeked] = usePeekParam();
  const remove = useRemoveMany();
  const removeRows = (ids: string[]) => {
    const next = focus.leave(ids, peeked);
    if (peeked !== null && ids.includes(peeked)) setPeeked(next);
    remove.mutate({ ids }, { onSuccess: () => selection.all(false) });
  };
  const step = (by: 1 | -1) => {
    const to = focus.move(by, peeked);
    if (peeked !== null && to !== null) setPeeked(to);
  };
  useListShortcuts({ rows, hrefOf, focus, selection, peeked, setPeeked, step, removeRows });
  // Rows change their height beside an open peek: the one that is read stays in sight.
  useEffect(() => {
    const row = peeked && list.current?.querySelector(`[data-row="${CSS.escape(peeked)}"]`);
    if (row) row.scrollIntoView({ block: "nearest" });
  }, [peeked]);

  const doings: RowActions = { selection, peeked, onPeek: (id) => setPeeked(id === peeked ? null : id) };
  return (
    <div className={peeked === null ? "" : "grid gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,46%)]"}>
      <div ref={list} className="min-w-0">
        <NewsPill
          news={news}
          onShow={() => {
            setPin({ rows: page.items, asked });
            window.scrollTo({ top: 0 });
          }}
        />
        {as === "cards" ? (
          // Not in a boundary of its own: without scripts what it holds would stay hidden.
          <ArtifactCards
            caption={caption}
            cards={rows.map((row) => ({ artifact: row, name: nameOf(row), href: hrefOf(row) }))}
            doings={doings}
          />
        ) : (
          <ArtifactTable caption={caption} rows={rows} nameOf={nameOf} hrefOf={hrefOf} doings={doings} />
        )}
      </div>
      <Suspense>
        {peeked !== null && (
          <Peek id={peeked} row={rows.find(({ id }) => id === peeked)} onStep={step} onClose={() => setPeeked(null)} />
        )}
      </Suspense>
      <SelectionCount selection={selection} />
      <Suspense>
        {selection.ids.length > 0 && (
          <SelectionBar
            selection={selection}
            wholes={rows.flatMap(({ id, key, versions }) =>
              key !== null && versions !== undefined && selection.has(id) ? [{ key, versions }] : [],
            )}
            onRemove={() => removeRows(selection.ids)}
          />
        )}
      </Suspense>
    </div>
  );
}
