"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "#formats/number";
import type { Selection } from "./selection";

/**
 * The actions on selected rows. `beyond` selects all rows of all pages: how many they are, and whether they are selected.
 */
export function SelectionToolbar({
  selection,
  beyond,
  children,
}: {
  selection: Selection;
  beyond?: { total: string; isSelected: boolean; onSelect: () => void } | undefined;
  children: ReactNode;
}) {
  const { ids, total, setAll } = selection;
  return (
    <section
      aria-label="Selection"
      className="toast fixed inset-x-2 bottom-4 z-20 mx-auto flex w-fit max-w-[calc(100vw-1rem)] flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface p-2 sm:pl-4 text-sm shadow-xl"
    >
      <span className="mr-1 font-medium tabular-nums max-sm:pl-2">
        {beyond?.isSelected ? `All ${beyond.total} selected` : `${formatCount(ids.length)} selected`}
      </span>
      {ids.length < total && (
        <button type="button" onClick={() => setAll(true)} className="rounded px-1.5 py-0.5 text-accent hover:bg-hover">
          Select all {formatCount(total)} on this page
        </button>
      )}
      {beyond && !beyond.isSelected && ids.length === total && (
        <button type="button" onClick={beyond.onSelect} className="rounded px-1.5 py-0.5 text-accent hover:bg-hover">
          Select all {beyond.total}
        </button>
      )}
      <div className="flex gap-2 max-sm:order-1 max-sm:-m-2 max-sm:w-[calc(100%+1rem)] max-sm:overflow-x-auto max-sm:p-2 sm:contents">
        {children}
      </div>
      <button
        type="button"
        aria-label="Clear selection"
        onClick={() => setAll(false)}
        className="inline-flex size-8 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink max-sm:ml-auto"
      >
        <X aria-hidden className="size-4" />
      </button>
    </section>
  );
}
