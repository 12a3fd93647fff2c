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

const MODE_LABELS: Record<DiffMode, string> = { rows: "By row", paths: "By path", lines: "By line" };

/** The sticky summary of the differences, with the diff mode and the buttons that go from change to change. */
export function SummaryBar({
  summary,
  otherChanges,
  typeChange,
  comparison: { data, modes },
  view,
  onView,
  body,
}: {
  summary: string;
  /** The names of the changed fields beside the data, which have sections below it. */
  otherChanges: string[];
  typeChange: string | null;
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
        {otherChanges.map((name) => (
          <span key={name} className="font-normal text-soft">
            {" · "}
            <a href={`#${name.toLowerCase()}`} className="hover:text-ink hover:underline">
              {name} changed
            </a>
          </span>
        ))}
        {typeChange && <span className="font-normal text-soft"> · {typeChange}</span>}
      </p>
      {data.kind === "table" && <RowMatch difference={data} view={view} onView={onView} />}
      {modes.length > 1 && (
        <Choice
          aria-label="Compare by"
          value={view.as !== null && modes.includes(view.as) ? view.as : modes[0]}
          onChange={(event) => onView({ as: modes.find((mode) => mode === event.target.value) ?? null })}
        >
          {modes.map((mode) => (
            <option key={mode} value={mode}>
              {MODE_LABELS[mode]}
            </option>
          ))}
        </Choice>
      )}
      {(data.kind !== "same" || otherChanges.length > 0) && (
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

const POSITION = "";

/** Selects the column that rows are matched by, or their position. */
function RowMatch({
  difference: { columns, key },
  view,
  onView,
}: {
  difference: TableDifference;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
}) {
  const keyNames = key.map((at) => columns[at]?.name ?? "");
  // A key of several columns is only ever inferred.
  const compositeKey = key.length > 1 ? JSON.stringify(keyNames) : null;
  const choices = columns.filter(({ from, to, name }) => from !== null && to !== null && name !== "");
  const isInferred = view.match === "key" && view.by.length === 0 && key.length > 0;
  return (
    <Choice
      aria-label="Match rows by"
      value={compositeKey ?? (key.length === 0 ? POSITION : JSON.stringify(keyNames))}
      onChange={({ target: { value } }) => {
        if (value === compositeKey) return;
        if (value === POSITION) onView({ match: "order", by: [] });
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
      {compositeKey !== null && (
        <option value={compositeKey}>
          Match rows by {keyNames.join(" and ")}
          {isInferred && " (auto)"}
        </option>
      )}
      {[...new Set(choices.map(({ name }) => name))].map((name) => (
        <option key={name} value={JSON.stringify([name])}>
          Match rows by {name}
          {isInferred && compositeKey === null && keyNames[0] === name && " (auto)"}
        </option>
      ))}
      <option value={POSITION}>Match rows by position</option>
    </Choice>
  );
}
