"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { TableDifference as Rows } from "#diff/table";
import { formatCount, pluralize } from "#formats/number";
import { MORE } from "./jumps";
import { Row } from "./row";

const STEP = 100;

/** Two tables by row: the largest changes first, with the columns in which something changed. */
export function TableDifference({ difference }: { difference: Rows }) {
  const [shown, setShown] = useState(STEP);
  const [wide, setWide] = useState(false);
  const { columns, key, rows, same } = difference;
  const whole = rows.some(({ op }) => op !== "changed");
  const telling = (at: number) => columns[at]?.touched || key.includes(at);
  const quiet = [...columns.keys()].filter((at) => !telling(at));
  // Where rows came or went, all their cells are news; many columns are folded all the same.
  const foldable = quiet.length > 0 && (!whole || columns.length > 8) && quiet.length < columns.length;
  const order = [...key, ...[...columns.keys()].filter((at) => !key.includes(at))];
  const places = foldable && !wide ? order.filter(telling) : order;
  return (
    <div>
      <ChangedColumns columns={columns} />
      {rows.length > 0 && (
        <ScrollRegion label="Changed rows" className="max-h-[72vh] overflow-auto rounded-md border bg-surface">
          <table className="min-w-full border-separate border-spacing-0 text-[13px] tabular-nums leading-5">
            <caption className="sr-only">Changes by row</caption>
            <thead>
              <tr>
                <th scope="col" className="sticky top-0 z-[1] min-w-8 border-b bg-canvas">
                  <span className="sr-only">Change</span>
                </th>
                {places.map((at) => {
                  const column = columns[at];
                  const sign = column?.from === null ? "+ " : column?.to === null ? "− " : "";
                  return (
                    <th
                      key={at}
                      scope="col"
                      className={`sticky top-0 z-[1] whitespace-nowrap border-b bg-canvas px-3 py-1.5 font-medium text-soft ${column?.numeric ? "text-right" : "text-left"}`}
                    >
                      {sign}
                      {column?.name || <span className="text-faint">(no name)</span>}
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, shown).map((row) => (
                <Row key={`${row.op} ${row.to ?? row.from}`} row={row} columns={columns} places={places} named={key} />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-3 text-faint text-sm tabular-nums">
        {rows.length > shown && (
          <Button {...MORE} onClick={() => setShown(shown + STEP)}>
            Show {formatCount(Math.min(STEP, rows.length - shown))} more
          </Button>
        )}
        {foldable && (
          <Button look="quiet" aria-pressed={wide} onClick={() => setWide(!wide)}>
            {wide ? "Fold" : "Show"} {pluralize(quiet.length, "unchanged column")}
          </Button>
        )}
        <span>{pluralize(same, "row")} unchanged</span>
      </div>
    </div>
  );
}

function ChangedColumns({ columns }: { columns: Rows["columns"] }) {
  const news = columns.filter(({ from, to }) => from === null || to === null);
  if (news.length === 0) return null;
  return (
    <ul className="mb-3 flex flex-wrap gap-2 text-sm">
      {news.map(({ name, from }, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
          key={at}
          className={`rounded px-2 py-0.5 ${from === null ? "bg-good-wash" : "bg-danger-wash"}`}
        >
          <span className={`font-medium font-mono ${from === null ? "text-good" : "text-danger"}`}>
            {from === null ? "+" : "−"}
          </span>{" "}
          column {name || "(no name)"}
        </li>
      ))}
    </ul>
  );
}
