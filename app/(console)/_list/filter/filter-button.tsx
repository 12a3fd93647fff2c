"use client";

import { ListFilterPlus } from "lucide-react";
import { type ReactNode, Suspense, useRef } from "react";
import { Popover } from "#app/_ui/popover";
import { useShortcuts } from "#app/_ui/shortcut";

/** The button that adds a condition to the filter of a list; `f` opens it. Its content can be loaded on demand. */
export function FilterButton({ children }: { children: (close: () => void) => ReactNode }) {
  const container = useRef<HTMLDivElement>(null);
  useShortcuts({ f: { label: "Filter", run: () => container.current?.querySelector("button")?.click() } }, "List");
  return (
    <div ref={container}>
      <Popover
        label="Add filter"
        button={
          <>
            <ListFilterPlus aria-hidden className="size-4" />
            {/* On a phone the search beside it needs the room. */}
            <span className="max-sm:sr-only">Filter</span>
          </>
        }
      >
        {(close) => <Suspense>{children(close)}</Suspense>}
      </Popover>
    </div>
  );
}
