"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { Popover } from "#app/_ui/popover";
import { type Condition, type FieldName, idOf, withCondition } from "#contract/list-filter/condition";
import { ConditionEditor } from "./editor";
import { partsOf, sentenceOf } from "./labels";
import type { Filter } from "./use-facets";

/** The conditions of a filter as chips, except what a search field displays: a button changes one, a link removes it. */
export function FilterChips({ filter, searched }: { filter: Filter; searched: FieldName }) {
  const conditions = filter.conditions.filter(({ field, operator }) => field !== searched || operator !== "contains");
  if (conditions.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex min-w-0 flex-wrap gap-1.5">
      {conditions.map((condition) => (
        <li key={idOf(condition)} className="flex max-w-full">
          <Chip filter={filter} condition={condition} />
        </li>
      ))}
      <li>
        <Link
          href={filter.hrefOf([])}
          prefetch={false}
          scroll={false}
          className="inline-flex h-7 items-center rounded-full px-2 text-sm text-soft transition-colors hover:bg-hover hover:text-ink"
        >
          Clear
        </Link>
      </li>
    </ul>
  );
}

function Chip({ filter, condition }: { filter: Filter; condition: Condition }) {
  const { field, operator, value } = partsOf(condition);
  const others = filter.conditions.filter((each) => each !== condition);
  return (
    <>
      <Popover
        label={`Change filter: ${sentenceOf(condition)}`}
        className="h-7! min-w-0! max-w-full shrink! rounded-r-none! rounded-l-full! border-r-0! px-3! pr-2! font-normal!"
        button={
          <span className="flex min-w-0 gap-1.5">
            <span className="text-faint">
              {field} {operator}
            </span>
            {value && <span className="truncate font-medium">{value}</span>}
          </span>
        }
      >
        {(close) => (
          <ConditionEditor
            filter={filter}
            condition={condition}
            onApply={(changed) => {
              filter.onChange(withCondition(filter.conditions, changed, condition));
              close();
            }}
          />
        )}
      </Popover>
      <Link
        href={filter.hrefOf(others)}
        prefetch={false}
        scroll={false}
        aria-label={`Clear filter: ${sentenceOf(condition)}`}
        className="inline-flex h-7 w-7 shrink-0 items-center justify-center rounded-r-full border border-edge bg-surface pr-0.5 text-faint transition-colors hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-3.5" />
      </Link>
    </>
  );
}
