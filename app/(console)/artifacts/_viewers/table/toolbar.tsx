"use client";

import { Copy, Download, ListFilter, Search } from "lucide-react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { Menu } from "#app/_ui/menu";
import { toast } from "#app/_ui/toast";
import { formatCount, pluralize } from "#formats/number";
import type { Table } from "#formats/table";
import type { Reader } from "../large/reader";
import { copied, saved } from "./clipboard";
import { exportRows } from "./export-rows";

/** Search, filters and how many rows are left of how many; and the rows that are left, to copy or to save. */
export function Toolbar({
  table,
  order,
  reader,
  busy,
  search,
  onSearch,
  filtering,
  onFiltering,
}: {
  table: Table;
  order: Uint32Array;
  reader: Reader | null;
  busy: boolean;
  search: string;
  onSearch: (search: string) => void;
  filtering: boolean;
  onFiltering: () => void;
}) {
  const file = (form: "csv" | "json") =>
    reader ? reader({ ask: "write", order, form }) : Promise.resolve(exportRows(table, order, form));
  const copy = (form: "csv" | "json") => () =>
    copied(file(form)).then(
      () => toast(`${pluralize(order.length, "row")} copied`),
      () => toast("The browser did not let it be copied", { tone: "danger" }),
    );
  const save = (form: "csv" | "json") => () =>
    file(form).then(
      (blob) => saved(blob, `table.${form}`),
      () => toast("It could not be saved", { tone: "danger" }),
    );
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-2">
      <div className="relative min-w-40 flex-1 sm:max-w-60">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
        <TextField
          type="search"
          aria-label="Search the table"
          placeholder="Search the table…"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          className="w-full pl-8"
        />
      </div>
      <p aria-live="polite" className={`px-1 text-faint text-sm tabular-nums ${busy ? "opacity-60" : ""}`}>
        {order.length < table.rows ? `${formatCount(order.length)} of ` : ""}
        {pluralize(table.rows, "row")}, {pluralize(table.columns.length, "column")}
      </p>
      <div className="-mr-2 ml-auto flex items-center">
        <Button look="quiet" aria-pressed={filtering} onClick={onFiltering}>
          <ListFilter aria-hidden className="size-4" />
          Filter
        </Button>
        <Menu
          label="Copy"
          icon={<Copy aria-hidden className="size-3.5" />}
          items={[
            { label: "Rows as CSV", run: copy("csv") },
            { label: "Rows as JSON", run: copy("json") },
          ]}
        />
        <Menu
          label="Save"
          icon={<Download aria-hidden className="size-4" />}
          items={[
            { label: "Rows as CSV", run: save("csv") },
            { label: "Rows as JSON", run: save("json") },
          ]}
        />
      </div>
    </div>
  );
}
