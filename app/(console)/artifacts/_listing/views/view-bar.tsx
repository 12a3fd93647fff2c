"use client";

import { useQueryStates } from "nuqs";
import { lazy, type ReactNode } from "react";
import { loadCode } from "#app/_data/connection";
import type { SavedView } from "#contract/view";
import { DEFAULT_DISPLAY, type Display } from "../../../_list/columns/display";
import { DisplayContext } from "../../../_list/columns/use-display";
import { useLateBoundary } from "../../../_shell/late-boundary";
import { type View, viewParsers, withDisplay } from "../view";

// Most visits open none.
const OpenView = lazy(() => loadCode(() => import("./open-view")).then((module) => ({ default: module.OpenView })));

const DISPLAY_PARSERS = { columns: viewParsers.columns, density: viewParsers.density };

/** The bar of the view that is open; undefined for none, null where it does not exist for the reader. */
export function ViewBar({ view, saved }: { view: View; saved: SavedView | null | undefined }) {
  const Boundary = useLateBoundary(saved !== undefined);
  return <Boundary>{saved !== undefined && <OpenView view={view} saved={saved} />}</Boundary>;
}

/** The list of a view that is open, or says its columns itself, keeps changes of its columns and density in the URL. */
export function ViewDisplay({ view, children }: { view: View; children: ReactNode }) {
  // The other parameters stay: those of a peek too.
  const [, setDisplay] = useQueryStates(DISPLAY_PARSERS, { shallow: false, scroll: false, history: "replace" });
  const isOfView = view.columns !== null || view.density !== null;
  const keep = (display: Display | null) => {
    const { columns, density } = withDisplay(view, display ?? DEFAULT_DISPLAY);
    void setDisplay({ columns, density });
  };
  return <DisplayContext value={isOfView ? keep : null}>{children}</DisplayContext>;
}
