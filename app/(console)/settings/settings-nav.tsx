"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const SECTIONS = [
  { href: "/settings/people", name: "People" },
  { href: "/settings/keys", name: "API keys" },
  { href: "/settings/labels", name: "Protected labels" },
  { href: "/settings/audit", name: "Audit log" },
];

/** The sections of the settings: beside their content, and above it on a phone. */
export function SettingsNav() {
  const pathname = usePathname();
  return (
    <nav
      aria-label="Settings"
      className="flex gap-1 max-md:-mx-1 max-md:overflow-x-auto md:sticky md:top-18 md:w-44 md:shrink-0 md:flex-col md:self-start"
    >
      {SECTIONS.map(({ href, name }) => {
        const current = pathname.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className={`flex h-8 items-center whitespace-nowrap rounded-md px-2.5 text-sm transition-colors hover:bg-hover md:-ml-2.5 ${
              current ? "bg-hover font-medium text-ink" : "text-soft hover:text-ink"
            }`}
          >
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
