"use client";

import { Bookmark } from "lucide-react";
import { lazy, Suspense } from "react";
import { loadCode } from "#app/_data/connection";
import { Popover } from "#app/_ui/popover";
import type { Display } from "../../../_list/columns/display";
import type { Layout, View } from "../view";

const ViewsPanel = lazy(() =>
  loadCode(() => import("./views-panel")).then((module) => ({ default: module.ViewsPanel })),
);

/** Saves the list as a view, and opens others. */
export function ViewsMenu(props: { view: View; layout: Layout; display: Display | null }) {
  return (
    <Popover
      label="Saved views"
      title="Saved views"
      button={
        <>
          <Bookmark aria-hidden className="size-4" />
          <span className="sr-only">Saved views</span>
          <span aria-hidden className="max-md:hidden">
            Views
          </span>
        </>
      }
    >
      {(close) => (
        <Suspense fallback={<div className="h-40" />}>
          <ViewsPanel {...props} onClose={close} />
        </Suspense>
      )}
    </Popover>
  );
}
