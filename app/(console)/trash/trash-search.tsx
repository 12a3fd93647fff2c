"use client";

import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { debounce, useQueryStates } from "nuqs";
import { useApi } from "#app/_data/client";
import { buttonClass } from "#app/_ui/button";
import { KeySearch } from "../_list/filter/key-search";
import { trashCountQuery, trashHref, trashParsers } from "./view";

/** The search of the trash, stored in the URL; it replaces a filter by one key. Without JavaScript Enter submits it. */
export function TrashSearch() {
  const [view, setView] = useQueryStates(trashParsers, { shallow: false, scroll: false });
  const { data: total } = useQuery(trashCountQuery(useApi()));
  if (total === 0 && !view.search && !view.key) return null;
  return (
    <search className="mb-3 flex flex-wrap gap-2">
      <form action="/trash" onSubmit={(event) => event.preventDefault()} className="contents">
        <KeySearch
          name="search"
          value={view.search}
          onSearch={(search) =>
            setView({ search, key: null, cursor: null }, { limitUrlUpdates: debounce(200), history: "replace" })
          }
        />
      </form>
      {view.key && (
        <Link
          href={trashHref()}
          prefetch={false}
          className={buttonClass("plain", "max-w-full")}
          aria-label={`Clear filter: key “${view.key}”`}
        >
          <span className="truncate">Key is {view.key}</span>
          <X aria-hidden className="size-3.5" />
        </Link>
      )}
    </search>
  );
}
