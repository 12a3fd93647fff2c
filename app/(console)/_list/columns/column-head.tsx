"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

/** What lists of artifacts are sorted by; those of a column are in its head. */
export type SortField = "key" | "type" | "number" | "rows" | "size" | "version" | "created";

/** The fields by which a list is sorted downwards first: the greatest or newest are wanted. */
const DESCENDING = new Set(["number", "rows", "size", "version", "created", "started"]);

/** The sort of a list; `fields` are those that it can be sorted by. */
export interface Sorting<Field extends string = SortField> {
  field: Field | null;
  descending: boolean;
  fields: readonly Field[];
  hrefOf: (field: Field, descending: boolean) => string;
}

const HEAD = "h-8 whitespace-nowrap px-3 text-left font-normal text-faint text-xs first:pl-4 last:pr-4";

/** The head of a column; a link sorts by it, in the other direction where it is sorted already. */
export function ColumnHead<Field extends string>({
  name,
  field,
  sorting,
  className = "",
}: {
  name: string;
  field?: Field;
  sorting: Sorting<Field> | undefined;
  className?: string;
}) {
  const isSorted = field !== undefined && sorting?.field === field;
  return (
    <th scope="col" aria-sort={isSorted ? directionOf(sorting) : undefined} className={`${HEAD} ${className}`}>
      {field ? (
        <SortLink field={field} sorting={sorting}>
          {name}
        </SortLink>
      ) : (
        name
      )}
    </th>
  );
}

/** The head of the values, which are numbers or tables: a link for each. */
export function ValueHead({ sorting }: { sorting: Sorting | undefined }) {
  const isSorted = sorting?.field === "number" || sorting?.field === "rows";
  const isSortable = sorting?.fields.includes("number");
  return (
    <th scope="col" aria-sort={isSorted ? directionOf(sorting) : undefined} className={HEAD}>
      Value
      {isSortable && (
        <span className="ml-1.5">
          by{" "}
          <SortLink field="number" sorting={sorting}>
            number
          </SortLink>{" "}
          or{" "}
          <SortLink field="rows" sorting={sorting}>
            rows
          </SortLink>
        </span>
      )}
    </th>
  );
}

function directionOf({ descending }: Pick<Sorting, "descending">) {
  return descending ? ("descending" as const) : ("ascending" as const);
}

function SortLink<Field extends string>({
  field,
  sorting,
  children,
}: {
  field: Field;
  sorting: Sorting<Field> | undefined;
  children: ReactNode;
}) {
  if (!sorting?.fields.includes(field)) return children;
  const isSorted = sorting.field === field;
  const Arrow = sorting.descending ? ArrowDown : ArrowUp;
  return (
    <Link
      href={sorting.hrefOf(field, isSorted ? !sorting.descending : DESCENDING.has(field))}
      prefetch={false}
      scroll={false}
      className={`inline-flex items-center gap-0.5 rounded-sm hover:text-ink ${isSorted ? "font-medium text-ink" : ""}`}
    >
      {children}
      {isSorted && <Arrow aria-hidden className="size-3" />}
    </Link>
  );
}
