"use client";

import { Bookmark } from "lucide-react";
import { lazy, Suspense } from "react";
import { loadCode } from "#app/_data/connection";
import { Popover } from "#app/_ui/popover";
import type { View } from "../view";

const ViewsPanel = lazy(() =>
  loadCode(() => import("./views-panel")).then((module) => ({ default: module.ViewsPanel })),
);

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
