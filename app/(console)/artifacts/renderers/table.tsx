"use client";

import { Search } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { Json } from "#contract/json";
import { count, counted } from "#reading/measure";
import { cellText, isNumeric, type TableShape } from "#reading/shape";

const STEP = 200;
const MOST_COLUMNS = 200;
const LONGEST_CELL = 300;

/** A table: its first rows, more on request, and a search through all of them. */
export function Table({ table }: { table: TableShape }) {
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState(STEP);
  const sought = useDeferredValue(search.trim().toLowerCase());
  const columns = table.columns.slice(0, MOST_COLUMNS);
  const numeric = useMemo(() => columns.map((_, index) => isNumeric(table.rows, index)), [columns, table.rows]);
  const rows = useMemo(() => {
    if (!sought) return table.rows;
    return table.rows.filter((row) => row.some((cell) => cellText(cell).toLowerCase().includes(sought)));
  }, [table.rows, sought]);

  return (
    <div>
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <div className="relative">
          <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
          <TextField
            type="search"
            aria-label="Search the table"
            placeholder="Search the table…"
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setShown(STEP);
            }}
            className="w-56 pl-8"
          />
        </div>
        <p aria-live="polite" className="text-faint text-sm tabular-nums">
          {sought ? `${count(rows.length)} of ` : ""}
          {counted(table.rows.length, "row")}, {counted(table.columns.length, "column")}
          {table.columns.length > MOST_COLUMNS && `, the first ${MOST_COLUMNS} shown`}
        </p>
      </div>
      <ScrollRegion label="Table" className="max-h-[72vh] overflow-auto rounded-md border">
        <table className="min-w-full border-separate border-spacing-0 text-[13px] tabular-nums leading-5">
          <thead>
            <tr>
              {columns.map((name, index) => (
                <th
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns are by position, their names may repeat
                  key={index}
                  scope="col"
                  className={`sticky top-0 border-b bg-canvas px-3 py-1.5 font-medium text-soft whitespace-nowrap ${numeric[index] ? "text-right" : "text-left"}`}
                >
                  {name || <span className="text-faint">(no name)</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name but their place
              <tr key={position} className="group">
                {columns.map((_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells are by position
                  <Cell key={index} value={row[index]} right={numeric[index] === true} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      {rows.length > shown && (
        <div className="mt-3 flex items-center gap-3">
          <Button onClick={() => setShown(shown + STEP)}>Show {Math.min(STEP, rows.length - shown)} more</Button>
          <span className="text-faint text-sm tabular-nums">
            {count(shown)} of {count(rows.length)} shown
          </span>
        </div>
      )}
    </div>
  );
}

function Cell({ value, right }: { value: Json | undefined; right: boolean }) {
  const text = cellText(value);
  const cut = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
  return (
    <td
      className={`max-w-96 truncate border-b px-3 py-1 group-last:border-b-0 group-hover:bg-hover ${right ? "text-right" : "text-left"}`}
      title={text.length > 40 ? text.slice(0, 2000) : undefined}
    >
      {value === null || value === undefined ? <Nothing missing={value === undefined} /> : cut}
    </td>
  );
}

function Nothing({ missing }: { missing: boolean }) {
  return <span className="text-faint">{missing ? <span className="sr-only">missing</span> : "null"}</span>;
}
