"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import type { ServerInfo } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { formatCount, pluralize } from "#formats/number";
import { FirstSteps } from "./first-steps";
import { COUNT_LIMIT, countQuery } from "./queries";
import { activeFilters, hrefOf, scopeOf, type View } from "./view";

/** Why a list is empty, one of three that are never confused: this page ran out, nothing matches, nothing yet. */
export function NoRows({ view, server }: { view: View; server: ServerInfo }) {
  if (view.cursor) {
    return (
      <Empty title="This page is empty now">
        <Link href={hrefOf({ ...view, cursor: "" })} className={buttonClass()}>
          Back to the first page
        </Link>
      </Empty>
    );
  }
  const filters = activeFilters(view);
  if (filters.length > 0) {
    return (
      <Empty title="Nothing matches">
        <ul className="flex flex-wrap justify-center gap-2">
          {filters.map(({ about, value, without }) => (
            <li key={`${about} ${value}`} className="max-w-full">
              <Drop name={`the ${about} “${value}”`} without={without} />
            </li>
          ))}
        </ul>
      </Empty>
    );
  }
  if (scopeOf(view) === "keyless") {
    return (
      <Empty title="Every artifact has a key">
        <p>An artifact that is published without a key appears here. It has no versions.</p>
      </Empty>
    );
  }
  return <FirstSteps server={server} />;
}

function Drop({ name, without }: { name: string; without: View }) {
  const { data } = useQuery(countQuery(useApi(), without));
  const gain =
    data === undefined ? "" : data > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+ rows` : pluralize(data, "row");
  return (
    <Link href={hrefOf(without)} className={buttonClass("plain", "max-w-full")}>
      <span className="truncate">Drop {name}</span>
      {gain && <span className="font-normal text-faint">{gain}</span>}
    </Link>
  );
}

function Empty({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-edge px-4 py-16 text-center text-soft text-sm">
      <h2 className="mb-3 font-medium text-base text-ink">{title}</h2>
      {children}
    </div>
  );
}
