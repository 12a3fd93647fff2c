"use client";

import { Bookmark } from "lucide-react";
import { lazy, Suspense } from "react";
import { Popover } from "#app/_ui/popover";
import type { View } from "../view";

const ViewsPanel = lazy(() => import("./views-panel").then((module) => ({ default: module.ViewsPanel })));

/** Opens the views that were given a name, and names this one. */
export function ViewsMenu({ view }: { view: View }) {
  return (
    <Popover
      label="Views"
      title="Views"
      button={
        <>
          <Bookmark aria-hidden className="size-4" />
          <span className="sr-only">Views</span>
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
