"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import type { Stretch, TextDifference as Text } from "#diff/text";
import { formatCount } from "#formats/number";
import { CHANGE, MORE } from "./jumps";
import { Line } from "./line";

const STEP = 150;
const OPENED = 500;
const AROUND = 3;

/** Two texts by line, one below the other; what stayed the same is folded but for a few lines around each change. */
export function TextDifference({ difference }: { difference: Text }) {
  const [shown, setShown] = useState(STEP);
  const { stretches } = difference;
  let left = shown;
  const within: { stretch: Stretch; at: number }[] = [];
  stretches.forEach((stretch, at) => {
    if (left <= 0) return;
    within.push({ stretch: stretch.same ? stretch : firstOf(stretch, left), at });
    left -= stretch.same ? 0 : stretch.removed.length + stretch.added.length;
  });
  const all = stretches.reduce((sum, each) => sum + (each.same ? 0 : each.removed.length + each.added.length), 0);
  return (
    <div className="overflow-hidden rounded-md border bg-surface">
      <table className="w-full table-fixed border-collapse font-mono text-[13px] leading-5">
        <caption className="sr-only">Changes by line</caption>
        <colgroup>
          <col className="w-12 max-sm:hidden" />
          <col className="w-12 max-sm:hidden" />
          <col className="w-7" />
          <col />
        </colgroup>
        <thead className="sr-only">
          <tr>
            <th scope="col">Line before</th>
            <th scope="col">Line now</th>
            <th scope="col">Change</th>
            <th scope="col">Text</th>
          </tr>
        </thead>
        {within.map(({ stretch, at }) =>
          stretch.same ? (
            <Same key={at} stretch={stretch} first={at === 0} last={at === stretches.length - 1} />
          ) : (
            <Changed key={at} stretch={stretch} />
          ),
        )}
      </table>
      {all > shown && (
        <div className="flex items-center gap-3 border-t p-2">
          <Button {...MORE} onClick={() => setShown(shown + STEP)}>
            Show {formatCount(Math.min(STEP, all - shown))} more
          </Button>
          <span className="text-faint text-sm tabular-nums">
            {formatCount(shown)} of {formatCount(all)} changed lines shown
          </span>
        </div>
      )}
    </div>
  );
}

type ChangedStretch = Extract<Stretch, { same: false }>;

function firstOf({ removed, added }: ChangedStretch, most: number): ChangedStretch {
  return { same: false, removed: removed.slice(0, most), added: added.slice(0, Math.max(0, most - removed.length)) };
}

function Changed({ stretch: { removed, added } }: { stretch: ChangedStretch }) {
  return (
    <tbody>
      {removed.map(({ number, parts }, at) => (
        <Line key={number} op="removed" from={number} parts={parts} mark={at === 0 ? CHANGE : undefined} />
      ))}
      {added.map(({ number, parts }, at) => (
        <Line
          key={number}
          op="added"
          to={number}
          parts={parts}
          mark={at === 0 && removed.length === 0 ? CHANGE : undefined}
        />
      ))}
    </tbody>
  );
}

/** Lines that are the same; the middle of many is folded, and opens some at a time. */
function Same({
  stretch: { lines, from, to },
  first,
  last,
}: {
  stretch: Extract<Stretch, { same: true }>;
  first: boolean;
  last: boolean;
}) {
  const [opened, setOpened] = useState(0);
  const head = (first ? 0 : AROUND) + opened;
  const tail = last ? 0 : AROUND;
  const folded = lines.length - head - tail;
  const line = (text: string, at: number) => (
    <Line key={at} from={from + at} to={to + at} parts={[{ text, marked: false }]} />
  );
  if (folded <= 1) return <tbody>{lines.map(line)}</tbody>;
  return (
    <tbody>
      {lines.slice(0, head).map(line)}
      <tr>
        <td colSpan={4} className="border-line border-y bg-hover p-0">
          <button
            type="button"
            onClick={() => setOpened(opened + OPENED)}
            className="w-full px-3 py-1 text-left font-sans text-soft text-xs hover:text-ink"
          >
            <span aria-hidden>⋯ </span>
            {formatCount(folded)} unchanged lines
          </button>
        </td>
      </tr>
      {lines.slice(lines.length - tail).map((text, at) => line(text, lines.length - tail + at))}
    </tbody>
  );
}
