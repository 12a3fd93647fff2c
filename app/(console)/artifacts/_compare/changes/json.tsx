"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import type { PathChange, JsonDifference as Paths } from "#diff/json";
import { formatCount, pluralize } from "#formats/number";
import { CHANGE, MORE } from "./jumps";
import { ChangeSign, MarkedText } from "./marks";

/** How many changes are shown at first and by each "Show more". */
const PAGE_SIZE = 150;

/** Changes by path, each with the old and new value. */
export function JsonDifference({ difference: { changes, same } }: { difference: Paths }) {
  const [shown, setShown] = useState(PAGE_SIZE);
  return (
    <div className="overflow-hidden rounded-md border bg-surface">
      <ul className="font-mono text-[13px] leading-5">
        {changes.slice(0, shown).map((change, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an added and a removed item may share a path
          <Change key={at} change={change} />
        ))}
      </ul>
      <p className="flex items-center gap-3 px-3 py-1.5 text-faint text-xs">
        {changes.length > shown && (
          <Button {...MORE} onClick={() => setShown(shown + PAGE_SIZE)}>
            Show {formatCount(Math.min(PAGE_SIZE, changes.length - shown))} more
          </Button>
        )}
        {pluralize(same, "field")} unchanged
      </p>
    </div>
  );
}

function Change({ change: { op, path, from, to } }: { change: PathChange }) {
  return (
    <li
      {...CHANGE}
      className="grid scroll-my-32 grid-cols-[1.75rem_minmax(0,1fr)] border-b py-1.5 pr-3 -outline-offset-2 md:grid-cols-[1.75rem_minmax(0,1fr)_minmax(0,1.6fr)]"
    >
      <span className="text-center">
        <ChangeSign op={op} />
      </span>
      <span className="break-words text-accent">{path}</span>
      <span className="min-w-0 space-y-0.5 max-md:col-start-2">
        {from && (
          <span className="block whitespace-pre-wrap break-words rounded-[3px] bg-danger-wash px-1.5">
            <span className="sr-only">from </span>
            <span aria-hidden className="select-none text-danger">
              −{" "}
            </span>
            <MarkedText parts={from} side="from" />
          </span>
        )}
        {to && (
          <span className="block whitespace-pre-wrap break-words rounded-[3px] bg-good-wash px-1.5">
            <span className="sr-only">to </span>
            <span aria-hidden className="select-none text-good">
              +{" "}
            </span>
            <MarkedText parts={to} side="to" />
          </span>
        )}
      </span>
    </li>
  );
}
