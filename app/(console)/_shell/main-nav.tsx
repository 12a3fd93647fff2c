"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const LINKS = [
  { href: "/artifacts", name: "Artifacts" },
  { href: "/runs", name: "Runs" },
  { href: "/trash", name: "Trash" },
];

export function MainNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="flex items-center sm:gap-1">
      {LINKS.map(({ href, name }) => {
        const current = pathname.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className={`rounded-md px-2 py-1 sm:px-2.5 text-sm transition-colors hover:bg-hover ${
              current ? "font-medium text-ink" : "text-soft hover:text-ink"
            }`}
          >
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
