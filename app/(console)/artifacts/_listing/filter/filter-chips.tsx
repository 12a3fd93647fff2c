import { X } from "lucide-react";
import Link from "next/link";
import { activeFilters, hrefOf, type View } from "../view";

/** The filters that are on and have no field of their own, each a link that drops it. */
export function FilterChips({ view }: { view: View }) {
  const filters = activeFilters(view).filter(({ about }) => about !== "key" && about !== "type");
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex basis-full flex-wrap gap-1.5">
      {filters.map(({ about, value, without }) => (
        <li key={`${about} ${value}`} className="max-w-full">
          <Link
            href={hrefOf(without)}
            prefetch={false}
            scroll={false}
            aria-label={`Drop the ${about} ${value}`}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border border-edge bg-surface pr-2 pl-3 text-sm transition-colors hover:bg-hover"
          >
            <span className="text-faint">{about === "description" ? "description contains" : about}</span>
            <span className="truncate font-medium">{value}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-faint" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
