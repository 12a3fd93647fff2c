import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { buttonClass } from "#app/_ui/button";

export function Pager({
  page,
  hrefOf,
}: {
  page: { next: string | null; previous: string | null };
  hrefOf: (cursor: string) => string;
}) {
  if (!page.next && !page.previous) return null;
  return (
    <nav aria-label="Pagination" className="mt-4 flex justify-center gap-2">
      <Step to={page.previous && hrefOf(page.previous)}>
        <ChevronLeft aria-hidden className="size-4" />
        Previous
      </Step>
      <Step to={page.next && hrefOf(page.next)}>
        Next
        <ChevronRight aria-hidden className="size-4" />
      </Step>
    </nav>
  );
}

function Step({ to, children }: { to: string | null; children: ReactNode }) {
  if (to === null) return <span className={buttonClass("off")}>{children}</span>;
  return (
    <Link href={to} prefetch={false} className={buttonClass()}>
      {children}
    </Link>
  );
}
