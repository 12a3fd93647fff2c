"use client";

import { ListFilterPlus } from "lucide-react";
import { lazy, Suspense } from "react";
import { Popover } from "#app/_ui/popover";
import type { View } from "../view";

const FilterPicker = lazy(() => import("./filter-picker").then((module) => ({ default: module.FilterPicker })));

/** Opens what one can filter by. */
export function FilterAdder({ view, onAdd }: { view: View; onAdd: (part: Partial<View>) => void }) {
  return (
    <Popover
      label="Add a filter"
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
