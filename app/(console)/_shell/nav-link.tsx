"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

/** A place in the main navigation; it knows whether the page lies below it. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const here = usePathname().startsWith(href);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={here ? "page" : undefined}
      className={`rounded-md px-2 py-1 sm:px-2.5 text-sm transition-colors hover:bg-hover ${
        here ? "font-medium text-ink" : "text-soft hover:text-ink"
      }`}
    >
      {children}
    </Link>
  );
}
