"use client";

import { useRouter } from "next/navigation";
import { lazy, type ReactNode } from "react";
import { loadCode } from "#app/_data/connection";
import type { SavedView } from "#contract/view";
import { DEFAULT_DISPLAY } from "../../../_list/columns/display";
import { DisplayContext } from "../../../_list/columns/use-display";
import { useLateBoundary } from "../../../_shell/late-boundary";
import { hrefOf, type View, withDisplay } from "../view";

// Most visits open none.
const OpenView = lazy(() => loadCode(() => import("./open-view")).then((module) => ({ default: module.OpenView })));

/** The bar of the view that is open; undefined for none, null where it does not exist for the reader. */
export function ViewBar({ view, saved }: { view: View; saved: SavedView | null | undefined }) {
  const Boundary = useLateBoundary(saved !== undefined);
  return <Boundary>{saved !== undefined && <OpenView view={view} saved={saved} />}</Boundary>;
}

/** The list of a view that is open, or says its columns itself, keeps changes of its columns and density in the URL. */
export function ViewDisplay({ view, children }: { view: View; children: ReactNode }) {
  const router = useRouter();
  const isOfView = view.columns !== null || view.density !== null;
  const keep = (display: typeof DEFAULT_DISPLAY | null) =>
    router.replace(hrefOf(withDisplay(view, display ?? DEFAULT_DISPLAY)), { scroll: false });
  return <DisplayContext value={isOfView ? keep : null}>{children}</DisplayContext>;
}
