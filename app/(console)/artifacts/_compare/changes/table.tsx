"use client";

import { useState } from "react";
import { Button } from "#app/_ui/button";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { RenameOffer } from "#diff/rename";
import type { TableDifference as Rows } from "#diff/table";
import { formatCount, pluralize } from "#formats/number";
import { ColumnChanges } from "./column-changes";
import { MORE } from "./jumps";
import { Row } from "./row";
import { Statistics } from "./statistics";

/** How many rows are shown at first and by each "Show more". */
const PAGE_SIZE = 100;
/** Of a wider table with added or removed rows, unchanged columns are hidden too. */
const MAX_FULL_COLUMNS = 8;

/** Changed columns and rows. Unchanged columns are hidden at first, and so are rows if the tables have none in common. */
export function TableDifference({
  difference,
  onAccept,
}: {
  difference: Rows;
  /** Compares a column that was renamed. */
  onAccept: (offer: RenameOffer) => void;
}) {
  const { columns, key, rows, same, within, statistics, noun = "row" } = difference;
  const [shown, setShown] = useState(PAGE_SIZE);
  const [showsAll, setShowsAll] = useState(false);
  const [showsRows, setShowsRows] = useState(false);
  const hasNewOrOldRows = rows.some(({ op }) => op !== "changed");
  const isRelevant = (at: number) => columns[at]?.touched || key.includes(at);
  const unchanged = [...columns.keys()].filter((at) => !isRelevant(at));
  const canHide =
    rows.length > 0 &&
    (statistics === null || showsRows) &&
    unchanged.length > 0 &&
    unchanged.length < columns.length &&
    (!hasNewOrOldRows || columns.length > MAX_FULL_COLUMNS);
  const order = [...key, ...[...columns.keys()].filter((at) => !key.includes(at))];
  const shownColumns = canHide && !showsAll ? order.filter(isRelevant) : order;
  return (
    <div>
      <ColumnChanges difference={difference} onAccept={onAccept} />
      {statistics !== null && (
        <div className="mb-3 space-y-3">
          <Statistics columns={statistics} />
          <Button aria-expanded={showsRows} onClick={() => setShowsRows(!showsRows)}>
            {showsRows ? "Hide" : "Show"} {pluralize(rows.length, noun)}
          </Button>
        </div>
      )}
      {rows.length > 0 && (statistics === null || showsRows) && (
        <ScrollRegion label="Changed rows" className="max-h-[72vh] overflow-auto rounded-md border bg-surface">
          <table className="min-w-full border-separate border-spacing-0 text-[13px] tabular-nums leading-5">
            <caption className="sr-only">Changes by row</caption>
            <thead>
              <tr>
                <th scope="col" className="sticky top-0 z-[1] w-8 min-w-8 border-b bg-canvas">
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
                      {column?.formerName !== undefined && <span className="text-faint">{column.formerName} → </span>}
                      {column?.name || <span className="text-faint">(no name)</span>}
                    </th>
                  );
                })}
                <td className="sticky top-0 z-[1] w-full border-b bg-canvas" />
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
        {statistics === null && <span>{pluralize(same, noun)} unchanged</span>}
        {within > 0 && <span>{pluralize(within, "cell")} within the tolerance</span>}
      </div>
    </div>
  );
}
