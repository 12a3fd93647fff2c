"use client";

import { ChartColumn, Copy, ListFilter, Search, WrapText, X } from "lucide-react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { Menu } from "#app/_ui/menu";
import { toast } from "#app/_ui/toast";
import { formatCount, pluralize } from "#formats/number";
import type { Table } from "#formats/table";
import { type ExportFormat, exportRows } from "./export-rows";
import { GoToRow } from "./row/go-to-row";
import type { TableReader } from "./table-props";

/** The search field and filter button of a table, the number of matching rows, and a menu that copies these rows. */
export function Toolbar({
  table,
  order,
  reader,
  busy,
  search,
  onSearch,
  showsFilters,
  onToggleFilters,
  showsStatistics,
  onToggleStatistics,
  wrap,
  onToggleWrap,
  onGo,
}: {
  table: Table;
  order: Uint32Array;
  reader: TableReader | null;
  busy: boolean;
  search: string;
  onSearch: (search: string) => void;
  showsFilters: boolean;
  onToggleFilters: () => void;
  showsStatistics: boolean;
  onToggleStatistics: () => void;
  wrap: boolean;
  onToggleWrap: () => void;
  onGo: (text: string) => Promise<boolean>;
}) {
  const exported = (format: ExportFormat) =>
    reader ? reader.export(order, format) : Promise.resolve(exportRows(table, order, format));
  const copy = (format: ExportFormat) => () =>
    copyToClipboard(exported(format)).then(
      () => toast(`Copied ${pluralize(order.length, "row")}`),
      () => toast("Couldn't copy to the clipboard", { tone: "danger" }),
    );
  return (
    <div className="mb-3 flex flex-wrap items-center gap-x-2 gap-y-2">
      <div className="relative min-w-40 flex-1 sm:max-w-60 print:hidden">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
        <TextField
          type="search"
          aria-label="Search table"
          placeholder="Search table…"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          className={`w-full pl-8 [&::-webkit-search-cancel-button]:appearance-none ${search === "" ? "" : "pr-8"}`}
        />
        {search !== "" && (
          <button
            type="button"
            aria-label="Clear search"
            onClick={() => onSearch("")}
            className="absolute top-1 right-1 inline-flex size-6 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
          >
            <X aria-hidden className="size-3.5" />
          </button>
        )}
      </div>
      <p aria-live="polite" className="px-1 text-faint text-sm tabular-nums">
        {busy ? "Searching…" : countText(order.length, table)}
      </p>
      <div className="-mr-2 ml-auto flex items-center print:hidden">
        <Button look="quiet" aria-pressed={showsFilters} onClick={onToggleFilters}>
          <ListFilter aria-hidden className="size-4" />
          Filter
        </Button>
        <Button
          look="quiet"
          aria-pressed={showsStatistics}
          onClick={onToggleStatistics}
          title="Statistics of each column"
        >
          <ChartColumn aria-hidden className="size-4" />
          <span className="max-sm:sr-only">Statistics</span>
        </Button>
        <Button look="quiet" aria-pressed={wrap} onClick={onToggleWrap} title="Wrap text" className="w-8 px-0!">
          <WrapText aria-hidden className="size-4" />
          <span className="sr-only">Wrap text</span>
        </Button>
        {table.rows > 0 && <GoToRow onGo={onGo} />}
        <Menu
          label="Copy rows"
          icon={<Copy aria-hidden className="size-3.5" />}
          items={[
            { label: "Cells for a spreadsheet", run: copy("cells") },
            { label: "CSV", run: copy("csv") },
            { label: "JSON", run: copy("json") },
          ]}
        />
      </div>
    </div>
  );
}

/** `12 of 100,000 rows, 20 columns`. */
function countText(shown: number, { rows, columns }: Table): string {
  const part = shown < rows ? `${formatCount(shown)} of ` : "";
  return `${part}${pluralize(rows, "row")}, ${pluralize(columns.length, "column")}`;
}

/** Takes a promise, since a browser allows the clipboard only during the click, before the file is ready. */
function copyToClipboard(file: Promise<Blob>): Promise<void> {
  const text = file.then((blob) => new Blob([blob], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
}
