"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { lazy, type ReactNode } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import type { ServerInfo } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { idOf } from "#contract/list-filter/condition";
import { conditionsOf, timeOf } from "#contract/list-filter/list-query";
import { whereOf } from "#contract/list-filter/list-where";
import { parseQuery } from "#contract/query/parse";
import { formatCount, pluralize } from "#formats/number";
import { sentenceOf } from "../../_list/filter/labels";
import { COUNT_LIMIT, countQuery } from "./queries";
import { hrefOf, scopeOf, type View } from "./view";
import { filteredBy } from "./where";

const FirstSteps = lazy(() =>
  loadCode(() => import("./first-steps/first-steps")).then((module) => ({ default: module.FirstSteps })),
);

export function NoRows({ view, server }: { view: View; server: ServerInfo }) {
  if (view.cursor) {
    return (
      <EmptyList title="Nothing on this page any more">
        <Link href={hrefOf({ ...view, cursor: "" })} className={buttonClass()}>
          Back to first page
        </Link>
      </EmptyList>
    );
  }
  const conditions = conditionsOf(view);
  const parts = partsOf(view.q);
  if (conditions.length > 0 || parts.length > 0) {
    return (
      <EmptyList title={scopeOf(view) === "all" ? "No matching versions" : "No matching artifacts"}>
        <ul className="flex flex-wrap justify-center gap-2">
          {conditions.map((condition) => (
            <li key={idOf(condition)} className="max-w-full">
              <ClearFilter
                filter={sentenceOf(condition)}
                without={filteredBy(
                  view,
                  conditions.filter((each) => each !== condition),
                )}
              />
            </li>
          ))}
          {parts.map(({ text, without }) => (
            <li key={text} className="max-w-full">
              <ClearFilter filter={text} without={{ ...view, q: without, cursor: "" }} />
            </li>
          ))}
        </ul>
      </EmptyList>
    );
  }
  if (view.asOf !== "") {
    return (
      <EmptyList title="Nothing at that time">
        <p>Nothing that is kept had been published by then.</p>
      </EmptyList>
    );
  }
  if (scopeOf(view) === "keyless") {
    return (
      <EmptyList title="No artifacts without a key">
        <p>Artifacts that are published without a key appear here. They have no versions.</p>
      </EmptyList>
    );
  }
  return <FirstSteps server={server} />;
}

/** The parts of a query that must all match, each with the query without it. */
function partsOf(query: string): { text: string; without: string }[] {
  const { tree } = parseQuery(query);
  if (!tree) return [];
  const texts = (tree.kind === "and" ? tree.parts : [tree]).map(({ offset, length }) =>
    query.slice(offset, offset + length),
  );
  return texts.map((text, at) => ({ text, without: texts.filter((_, other) => other !== at).join(" ") }));
}

function ClearFilter({ filter, without }: { filter: string; without: View }) {
  const { data } = useQuery(countQuery(useApi(), without, whereOf(without, timeOf(without.asOf))));
  const noun = scopeOf(without) === "all" ? "version" : "artifact";
  return (
    <Link href={hrefOf(without)} className={buttonClass("plain", "max-w-full")}>
      <span className="truncate">Clear filter: {filter}</span>
      {data !== undefined && (
        <span className="font-normal text-faint">
          {data > COUNT_LIMIT ? `${formatCount(COUNT_LIMIT)}+ ${noun}s` : pluralize(data, noun)}
        </span>
      )}
    </Link>
  );
}

function EmptyList({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="rounded-lg border border-dashed border-edge px-4 py-16 text-center text-soft text-sm">
      <h2 className="mb-3 font-medium text-base text-ink">{title}</h2>
      {children}
    </div>
  );
}
