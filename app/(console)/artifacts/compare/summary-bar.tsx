"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import type { RefObject } from "react";
import { Button } from "#app/_ui/button";
import { Choice } from "#app/_ui/field";
import type { DiffMode } from "#diff/mode";
import type { TableDifference } from "#diff/table";
import { useJumps } from "./changes/jumps";
import type { CompareView } from "./view";
import type { Comparison } from "./worker";

const WAY_WORDS: Record<DiffMode, string> = { rows: "By row", paths: "By path", lines: "By line" };

/** What differs in one line, the way to compare, and the way from change to change; it stays while one scrolls. */
export function SummaryBar({
  summary,
  beside,
  typed,
  comparison: { data, ways },
  view,
  onView,
  body,
}: {
  summary: string;
  /** What differs beside the data: parts of the page below it. */
  beside: string[];
  typed: string | null;
  comparison: Comparison;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
  body: RefObject<HTMLElement | null>;
}) {
  const { at, all, next, previous } = useJumps(body);
  return (
    <div className="sticky top-12 z-[5] -mx-1 mt-5 mb-5 flex flex-wrap items-center gap-2 border-b bg-canvas px-1 py-2.5">
      <p role="status" className="mr-auto min-w-0 font-medium tabular-nums max-sm:basis-full">
        {summary}
        {beside.map((name) => (
          <span key={name} className="font-normal text-soft">
            {" · "}
            <a href={`#${name.toLowerCase()}`} className="hover:text-ink hover:underline">
              {name.toLowerCase()} differs
            </a>
          </span>
        ))}
        {typed && <span className="font-normal text-soft"> · {typed}</span>}
      </p>
      {data.kind === "table" && <KeyChooser difference={data} view={view} onView={onView} />}
      {ways.length > 1 && (
        <Choice
          aria-label="Way to compare"
          value={view.as !== null && ways.includes(view.as) ? view.as : ways[0]}
          onChange={(event) => onView({ as: ways.find((way) => way === event.target.value) ?? null })}
        >
          {ways.map((way) => (
            <option key={way} value={way}>
              {WAY_WORDS[way]}
            </option>
          ))}
        </Choice>
      )}
      {(data.kind !== "same" || beside.length > 0) && (
        <div className="flex items-center">
          {at > 0 && <span className="mr-2 text-faint text-sm tabular-nums">{`${at} of ${all}`}</span>}
          <Button className="rounded-r-none px-2" aria-keyshortcuts="p" title="Previous change (p)" onClick={previous}>
            <ChevronUp aria-hidden className="size-4" />
            <span className="sr-only">Previous change</span>
          </Button>
          <Button
            className="rounded-l-none border-l-0 px-2"
            aria-keyshortcuts="n"
            title="Next change (n)"
            onClick={next}
          >
            <ChevronDown aria-hidden className="size-4" />
            <span className="sr-only">Next change</span>
          </Button>
        </div>
      )}
    </div>
  );
}

const ORDER = "";

/** What names a row: one of the columns, or the order of rows. */
function KeyChooser({
  difference: { columns, key },
  view,
  onView,
}: {
  difference: TableDifference;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
}) {
  const named = key.map((at) => columns[at]?.name ?? "");
  const several = key.length > 1 ? JSON.stringify(named) : null;
  const choices = columns.filter(({ from, to, name }) => from !== null && to !== null && name !== "");
  const guessed = view.match === "key" && view.by.length === 0 && key.length > 0;
  return (
    <Choice
      aria-label="Rows are matched by"
      value={several ?? (key.length === 0 ? ORDER : JSON.stringify(named))}
      onChange={({ target: { value } }) => {
        if (value === several) return;
        if (value === ORDER) onView({ match: "order", by: [] });
        else
          onView({
            match: "key",
            by: choices
              .filter(({ name }) => JSON.stringify([name]) === value)
              .map(({ name }) => name)
              .slice(0, 1),
          });
      }}
      className="max-w-64"
    >
      {several !== null && (
        <option value={several}>
          Rows by {named.join(" and ")}
          {guessed && " (found)"}
        </option>
      )}
      {[...new Set(choices.map(({ name }) => name))].map((name) => (
        <option key={name} value={JSON.stringify([name])}>
          Rows by {name}
          {guessed && several === null && named[0] === name && " (found)"}
        </option>
      ))}
      <option value={ORDER}>Rows in order</option>
    </Choice>
  );
}
