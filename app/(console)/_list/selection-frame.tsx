"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "#formats/number";
import type { Selection } from "./selection";

/** How many rows are chosen and, as its children, what can be done with them; it floats over the foot of the page. */
export function SelectionToolbar({ selection, children }: { selection: Selection; children: ReactNode }) {
  const many = selection.ids.length;
  return (
    <section
      aria-label="What is selected"
      className="toast fixed inset-x-2 bottom-4 z-20 mx-auto flex w-fit max-w-[calc(100vw-1rem)] flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface p-2 pl-4 text-sm shadow-xl"
    >
      <span className="mr-1 font-medium tabular-nums">{formatCount(many)} selected</span>
      {many < selection.of && (
        <button
          type="button"
          onClick={() => selection.all(true)}
          className="rounded px-1.5 py-0.5 text-accent hover:bg-hover"
        >
          Select all {formatCount(selection.of)}
        </button>
      )}
      {children}
      <button
        type="button"
        aria-label="Clear the selection"
        onClick={() => selection.all(false)}
        className="inline-flex size-8 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
    </section>
  );
}
