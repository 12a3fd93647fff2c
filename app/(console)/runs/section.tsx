import type { ReactNode } from "react";
import { PastLink } from "../_past/past-link";

/** A part of a page under a heading; `all` links to the whole list. */
export function Section({
  title,
  all = null,
  children,
}: {
  title: string;
  all?: { href: string; name: string } | null;
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className="mb-2 flex items-baseline justify-between gap-4 text-sm">
        <h2 className="font-medium">{title}</h2>
        {all && (
          <PastLink href={all.href} prefetch={false} className="target text-soft hover:text-ink hover:underline">
            {all.name}
          </PastLink>
        )}
      </div>
      {children}
    </section>
  );
}

export function Nothing({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-lg border border-edge border-dashed px-4 py-10 text-center text-sm text-soft">{children}</p>
  );
}
