"use client";

import { Bookmark, ListFilterPlus } from "lucide-react";
import { lazy, Suspense } from "react";
import { loadCode } from "#app/_data/connection";
import { Popover } from "#app/_ui/popover";
import type { View } from "../view";

const FilterPicker = lazy(() =>
  loadCode(() => import("./filter-picker")).then((module) => ({ default: module.FilterPicker })),
);
const ViewsPanel = lazy(() =>
  loadCode(() => import("./views-panel")).then((module) => ({ default: module.ViewsPanel })),
);

export function FilterMenu({ view, onAdd }: { view: View; onAdd: (part: Partial<View>) => void }) {
  return (
    <Popover
      label="Add filter"
      button={
        <>
          <ListFilterPlus aria-hidden className="size-4" />
          <span className="max-sm:sr-only">Filter</span>
        </>
      }
    >
      {(close) => (
        <Suspense>
          <FilterPicker
            view={view}
            onAdd={(part) => {
              onAdd(part);
              close();
            }}
          />
        </Suspense>
      )}
    </Popover>
  );
}

export function ViewsMenu({ view }: { view: View }) {
  return (
    <Popover
      label="Saved views"
      title="Saved views"
      button={
        <>
          <Bookmark aria-hidden className="size-4" />
          <span className="sr-only">Saved views</span>
        </>
      }
    >
      {(close) => (
        <Suspense>
          <ViewsPanel view={view} onClose={close} />
        </Suspense>
      )}
    </Popover>
  );
}
