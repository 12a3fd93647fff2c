"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, type RefObject, useRef } from "react";
import { buttonClass } from "#app/_ui/button";
import { useShortcuts } from "#app/_ui/shortcut";
import { PastLink } from "../_past/past-link";

/** Links to the pages before and after one of a list, also by `[` and `]` unless the page has other meanings for them. */
export function Pager({
  page,
  hrefOf,
  hasKeys = true,
}: {
  page: { next: string | null; previous: string | null };
  hrefOf: (cursor: string) => string;
  hasKeys?: boolean;
}) {
  const previous = useRef<HTMLAnchorElement>(null);
  const next = useRef<HTMLAnchorElement>(null);
  const open = (label: string, to: string | null, link: typeof next) =>
    hasKeys && to !== null ? { label, run: () => link.current?.click() } : undefined;
  useShortcuts(
    { "[": open("Previous page", page.previous, previous), "]": open("Next page", page.next, next) },
    "List",
  );
  if (!page.next && !page.previous) return null;
  return (
    <nav aria-label="Pagination" className="mt-4 flex justify-center gap-2">
      <Step to={page.previous && hrefOf(page.previous)} link={previous}>
        <ChevronLeft aria-hidden className="size-4" />
        Previous
      </Step>
      <Step to={page.next && hrefOf(page.next)} link={next}>
        Next
        <ChevronRight aria-hidden className="size-4" />
      </Step>
    </nav>
  );
}

function Step({
  to,
  link,
  children,
}: {
  to: string | null;
  link: RefObject<HTMLAnchorElement | null>;
  children: ReactNode;
}) {
  if (to === null) return <span className={buttonClass("off")}>{children}</span>;
  return (
    <PastLink ref={link} href={to} prefetch={false} className={buttonClass()}>
      {children}
    </PastLink>
  );
}
