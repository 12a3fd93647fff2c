"use client";

import { Columns3 } from "lucide-react";
import { lazy, Suspense } from "react";
import { loadCode } from "#app/_data/connection";
import { Popover } from "#app/_ui/popover";
import type { Display } from "../../_list/columns/display";

const DisplayPanel = lazy(() =>
  loadCode(() => import("../../_list/columns/display-panel")).then((module) => ({ default: module.DisplayPanel })),
);

/** Chooses the columns and the density of the list. */
export function DisplayMenu({ display }: { display: Display | null }) {
  return (
    <Popover
      label="Display"
      title="Columns and density"
      align="right"
      className="max-md:hidden"
      button={
        <>
          <Columns3 aria-hidden className="size-4" />
          Display
        </>
      }
    >
      {() => (
        <Suspense fallback={<div className="h-80" />}>
          <DisplayPanel display={display} />
        </Suspense>
      )}
    </Popover>
  );
}
