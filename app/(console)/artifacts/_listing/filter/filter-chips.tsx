import { X } from "lucide-react";
import Link from "next/link";
import { activeFilters, hrefOf, type View } from "../view";

export function FilterChips({ view }: { view: View }) {
  const filters = activeFilters(view).filter(({ field }) => field !== "key" && field !== "type");
  if (filters.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex basis-full flex-wrap gap-1.5">
      {filters.map(({ field, value, without }) => (
        <li key={`${field} ${value}`} className="max-w-full">
          <Link
            href={hrefOf(without)}
            prefetch={false}
            scroll={false}
            aria-label={`Clear filter: ${field} “${value}”`}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border border-edge bg-surface pr-2 pl-3 text-sm transition-colors hover:bg-hover"
          >
            <span className="text-faint">{field === "description" ? "description contains" : field}</span>
            <span className="truncate font-medium">{value}</span>
            <X aria-hidden className="size-3.5 shrink-0 text-faint" />
          </Link>
        </li>
      ))}
    </ul>
  );
}
