import Link from "next/link";

/** A link rather than a button, so that it works without JavaScript. */
export interface Tab {
  name: string;
  href: string;
  current: boolean;
}

export function Segments({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="inline-flex max-w-full rounded-md border border-line bg-hover p-0.5">
      {tabs.map((tab) => (
        <Link
          key={tab.name}
          href={tab.href}
          prefetch={false}
          aria-current={tab.current ? "page" : undefined}
          className={`rounded px-2.5 py-0.5 text-sm whitespace-nowrap transition-colors ${
            tab.current ? "bg-raised font-medium text-ink shadow-sm ring-1 ring-line" : "text-soft hover:text-ink"
          }`}
        >
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}

export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className="flex gap-5">
      {tabs.map((tab) => (
        <Link
          key={tab.name}
          href={tab.href}
          prefetch={false}
          scroll={false}
          aria-current={tab.current ? "page" : undefined}
          className={`-mb-px border-b-2 py-2 text-sm transition-colors ${
            tab.current ? "border-accent font-medium text-ink" : "border-transparent text-soft hover:text-ink"
          }`}
        >
          {tab.name}
        </Link>
      ))}
    </nav>
  );
}
