"use client";

import { LayoutGrid, List } from "lucide-react";
import Link from "next/link";
import { hrefOf, SHOWN_AS, SHOWN_AS_COOKIE, type ShownAs, type View } from "../view";

const YEAR = 365 * 86_400;
const LOOK = { list: { icon: List, name: "As a list" }, cards: { icon: LayoutGrid, name: "As cards" } };

/** Whether rows show as a list or as cards: in the URL, and remembered for the next time. */
export function ShowAs({ view, as }: { view: View; as: ShownAs }) {
  return (
    <nav aria-label="Show" className="inline-flex h-8 shrink-0 rounded-md border border-edge bg-surface">
      {SHOWN_AS.map((each) => {
        const { icon: Icon, name } = LOOK[each];
        return (
          <Link
            key={each}
            href={hrefOf({ ...view, show: each })}
            prefetch={false}
            scroll={false}
            aria-label={name}
            aria-current={each === as ? "true" : undefined}
            title={name}
            onClick={() => {
              // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
              document.cookie = `${SHOWN_AS_COOKIE}=${each}; path=/artifacts; max-age=${YEAR}; samesite=lax`;
            }}
            className={`inline-flex w-8 items-center justify-center first:rounded-l-[5px] last:rounded-r-[5px] ${
              each === as ? "bg-hover text-ink" : "text-faint hover:text-ink"
            }`}
          >
            <Icon aria-hidden className="size-4" />
          </Link>
        );
      })}
    </nav>
  );
}
