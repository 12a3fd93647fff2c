"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { TableDifference as Rows } from "#diff/table";
import { formatCount, pluralize } from "#formats/number";
import { MORE } from "./jumps";
import { Row } from "./row";

/** How many rows are shown at first and by each "Show more". */
const PAGE_SIZE = 100;
/** Of a wider table with added or removed rows, unchanged columns are hidden too. */
const MAX_FULL_COLUMNS = 8;

/** Changed rows, the largest changes first. Unchanged columns are hidden at first. */
export function TableDifference({ difference }: { difference: Rows }) {
  const [shown, setShown] = useState(PAGE_SIZE);
  const [showsAll, setShowsAll] = useState(false);
  const { columns, key, rows, same } = difference;
  const hasNewOrOldRows = rows.some(({ op }) => op !== "changed");
  const isRelevant = (at: number) => columns[at]?.touched || key.includes(at);
  const unchanged = [...columns.keys()].filter((at) => !isRelevant(at));
  const canHide =
    unchanged.length > 0 &&
    unchanged.length < columns.length &&
    (!hasNewOrOldRows || columns.length > MAX_FULL_COLUMNS);
  const order = [...key, ...[...columns.keys()].filter((at) => !key.includes(at))];
  const shownColumns = canHide && !showsAll ? order.filter(isRelevant) : order;
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
                {shownColumns.map((at) => {
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
                <Row
                  key={`${row.op} ${row.to ?? row.from}`}
                  row={row}
                  columns={columns}
                  shownColumns={shownColumns}
                  keyColumns={key}
                />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-3 text-faint text-sm tabular-nums">
        {rows.length > shown && (
          <Button {...MORE} onClick={() => setShown(shown + PAGE_SIZE)}>
            Show {formatCount(Math.min(PAGE_SIZE, rows.length - shown))} more
          </Button>
        )}
        {canHide && (
          <Button look="quiet" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Hide" : "Show"} {pluralize(unchanged.length, "unchanged column")}
          </Button>
        )}
        <span>{pluralize(same, "row")} unchanged</span>
      </div>
    </div>
  );
}

/** The added and removed columns. */
function ChangedColumns({ columns }: { columns: Rows["columns"] }) {
  const changed = columns.filter(({ from, to }) => from === null || to === null);
  if (changed.length === 0) return null;
  return (
    <ul className="mb-3 flex flex-wrap gap-2 text-sm">
      {changed.map(({ name, from }, at) => (
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
