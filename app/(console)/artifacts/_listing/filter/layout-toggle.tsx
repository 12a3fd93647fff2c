"use client";

import { LayoutGrid, List } from "lucide-react";
import Link from "next/link";
import { keepChoice } from "#app/_ui/cookie";
import { hrefOf, LAYOUT_COOKIE, LAYOUTS, type Layout, type View } from "../view";

const OPTIONS = { list: { icon: List, name: "List" }, cards: { icon: LayoutGrid, name: "Cards" } };

export function LayoutToggle({ view, layout }: { view: View; layout: Layout }) {
  return (
    <nav aria-label="Layout" className="inline-flex h-8 shrink-0 rounded-md border border-edge bg-surface">
      {LAYOUTS.map((each) => {
        const { icon: Icon, name } = OPTIONS[each];
        return (
          <Link
            key={each}
            href={hrefOf({ ...view, show: each })}
            prefetch={false}
            scroll={false}
            aria-label={name}
            aria-current={each === layout ? "true" : undefined}
            title={name}
            onClick={() => keepChoice(LAYOUT_COOKIE, each, "/artifacts")}
            className={`inline-flex w-8 items-center justify-center first:rounded-l-[5px] last:rounded-r-[5px] ${
              each === layout ? "bg-hover text-ink" : "text-faint hover:text-ink"
            }`}
          >
            <Icon aria-hidden className="size-4" />
          </Link>
        );
      })}
    </nav>
  );
}
