"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import type { Stretch, TextDifference as Text } from "#diff/text";
import type { Part } from "#diff/words";
import { formatCount } from "#formats/number";
import { CHANGE, MORE } from "./jumps";
import { ChangeSign, LINE_NUMBER, LINE_TEXT, MarkedText, WASH } from "./marks";
import { ONE_SIDE, SplitChanges, SplitHead, SplitSame, selectOneSide } from "./split-lines";

/** How many changed lines are shown at first and by each "Show more". */
const PAGE_SIZE = 150;
/** How many unchanged lines each click unfolds. */
const UNFOLDED = 500;
/** How many unchanged lines are shown around a change. */
const CONTEXT = 3;
const NUMBER = `${LINE_NUMBER} max-sm:hidden`;

type SameStretch = Extract<Stretch, { same: true }>;
type ChangedStretch = Extract<Stretch, { same: false }>;

/** A diff by line, in which long unchanged stretches are folded. `isSplit`: old and new lines are beside each other. */
export function TextDifference({ difference: { stretches }, isSplit }: { difference: Text; isSplit: boolean }) {
  const [shown, setShown] = useState(PAGE_SIZE);
  const linesOf = ({ removed, added }: ChangedStretch) =>
    isSplit ? Math.max(removed.length, added.length) : removed.length + added.length;
  const first = isSplit ? firstPairs : firstLines;
  let left = shown;
  const visible: { stretch: Stretch; at: number }[] = [];
  stretches.forEach((stretch, at) => {
    if (left <= 0) return;
    visible.push({ stretch: stretch.same ? stretch : first(stretch, left), at });
    left -= stretch.same ? 0 : linesOf(stretch);
  });
  const all = stretches.reduce((sum, each) => sum + (each.same ? 0 : linesOf(each)), 0);
  const Changes = isSplit ? SplitChanges : ChangedLines;
  return (
    <div className="overflow-hidden rounded-md border bg-surface">
      <table
        onPointerDown={isSplit ? selectOneSide : undefined}
        className={`w-full table-fixed border-collapse font-mono text-[13px] leading-5 ${isSplit ? ONE_SIDE : ""}`}
      >
        <caption className="sr-only">Changes by line</caption>
        {isSplit ? <SplitHead /> : <UnifiedHead />}
        {visible.map(({ stretch, at }) =>
          stretch.same ? (
            <SameLines
              key={at}
              stretch={stretch}
              isSplit={isSplit}
              first={at === 0}
              last={at === stretches.length - 1}
            />
          ) : (
            <Changes key={at} removed={stretch.removed} added={stretch.added} />
          ),
        )}
      </table>
      {all > shown && (
        <div className="flex items-center gap-3 border-t p-2">
          <Button {...MORE} onClick={() => setShown(shown + PAGE_SIZE)}>
            Show {formatCount(Math.min(PAGE_SIZE, all - shown))} more
          </Button>
          <span className="text-faint text-sm tabular-nums">
            {formatCount(shown)} of {formatCount(all)} changed lines shown
          </span>
        </div>
      )}
    </div>
  );
}

function UnifiedHead() {
  return (
    <>
      <colgroup>
        <col className="w-12 max-sm:hidden" />
        <col className="w-12 max-sm:hidden" />
        <col className="w-7" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Old line</th>
          <th scope="col">New line</th>
          <th scope="col">Change</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
    </>
  );
}

function firstPairs({ removed, added }: ChangedStretch, most: number): ChangedStretch {
  return { same: false, removed: removed.slice(0, most), added: added.slice(0, most) };
}

function firstLines({ removed, added }: ChangedStretch, most: number): ChangedStretch {
  return { same: false, removed: removed.slice(0, most), added: added.slice(0, Math.max(0, most - removed.length)) };
}

function ChangedLines({ removed, added }: Pick<ChangedStretch, "removed" | "added">) {
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

function SameLines({
  stretch: { lines, from, to },
  isSplit,
  first,
  last,
}: {
  stretch: SameStretch;
  isSplit: boolean;
  first: boolean;
  last: boolean;
}) {
  const [unfolded, setUnfolded] = useState(0);
  const head = (first ? 0 : CONTEXT) + unfolded;
  const tail = last ? 0 : CONTEXT;
  const folded = lines.length - head - tail;
  const line = (text: string, at: number) =>
    isSplit ? (
      <SplitSame key={at} text={text} from={from + at} to={to + at} />
    ) : (
      <Line key={at} from={from + at} to={to + at} parts={[{ text, marked: false }]} />
    );
  if (folded <= 1) return <tbody>{lines.map(line)}</tbody>;
  return (
    <tbody>
      {lines.slice(0, head).map(line)}
      <tr className="relative border-line border-y bg-hover">
        {/* Hidden with the numbers: a cell over hidden columns would make others, as wide as the text. */}
        {!isSplit && <td colSpan={2} className="p-0 max-sm:hidden" />}
        <td colSpan={isSplit ? 6 : 2} className="p-0">
          <button
            type="button"
            onClick={() => setUnfolded(unfolded + UNFOLDED)}
            className="w-full px-3 py-1 text-left font-sans text-soft text-xs after:absolute after:inset-0 hover:text-ink"
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

function Line({
  op,
  from,
  to,
  parts,
  mark,
}: {
  op?: "added" | "removed";
  from?: number;
  to?: number;
  parts: Part[];
  mark?: typeof CHANGE;
}) {
  return (
    <tr {...mark} className={`scroll-my-32 -outline-offset-2 ${op ? WASH[op] : ""}`}>
      <td className={NUMBER}>{from}</td>
      <td className={NUMBER}>{to}</td>
      <td className="select-none text-center align-top">{op && <ChangeSign op={op} />}</td>
      <td className={`${LINE_TEXT} ${op ? "" : "text-soft"}`}>
        <MarkedText parts={parts} side={op === "removed" ? "from" : "to"} />
      </td>
    </tr>
  );
}
