"use client";

import dynamic from "next/dynamic";
import { useMemo, useRef, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Notice } from "#app/_ui/notice";
import type { Artifact } from "#contract/artifact";
import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import { type FindPlace, useFindSource, useIsFinding } from "../find/find-context";
import { usePrinting } from "../shared/use-printing";
import { useColumnLayout } from "./columns/column-layout";
import { PrintTable } from "./print-table";
import { labelsOf, useUrlQuery } from "./query/query-url";
import type { RowQuery } from "./query/row-query";
import { StaticTable } from "./static-table";
import { useStatistics } from "./statistics/use-statistics";
import type { CellPosition, TableProps, TableReader, TableTools } from "./table-props";
import { Toolbar } from "./toolbar";
import { useOfferedRows } from "./use-offered-rows";
import { useRowOrder } from "./use-row-order";
import { useRows } from "./use-rows";

const CellInspector = dynamic(() => loadCode(() => import("./inspector")).then((module) => module.CellInspector));
const Grid = dynamic(() => loadCode(() => import("./grid")).then((module) => module.Grid));

/** A larger table renders only what is in view. */
const MAX_STATIC_ROWS = 200;
const MAX_STATIC_COLUMNS = 40;

/** A table to sort, search, filter and export; the URL stores how. With a `reader` queries and exports run outside the page. */
export function TableView({
  artifact,
  table,
  columns,
  reader,
  tools,
  hasHistory = true,
}: {
  artifact: Artifact;
  table: Table;
  columns: Column[];
  reader: TableReader | null;
  tools: TableTools;
  /** Whether the rows are those of the versions of the key; never for a file, which has no version of its own. */
  hasHistory?: boolean | undefined;
}) {
  const [query, setQuery] = useUrlQuery(table.columns);
  const [opensFilters, setOpensFilters] = useState(false);
  const showsFilters = opensFilters || Object.keys(query.filters).length > 0;
  const [opened, setOpened] = useState<CellPosition | null>(null);
  const opener = useRef<Element | null>(null);
  const printing = usePrinting();
  const { order, busy, failed } = useRowOrder(table, columns, reader, query);
  useOfferedRows(artifact, table, order, reader, query);
  const put = (part: Partial<RowQuery>) => setQuery({ ...query, ...part });
  const [statistics, toggleStatistics] = useStatistics(tools, table.rows);
  const {
    notice,
    opened: openedRow,
    goTo,
    ...rows
  } = useRows({
    artifact: hasHistory && artifact.version !== null ? artifact : { ...artifact, key: null },
    table,
    tools,
    order,
    busy,
    onShowAll: () => put({ search: "", filters: {} }),
  });
  const [found, setFound] = useState<FindPlace | null>(null);
  useFindSource(
    useMemo(() => ({ kind: "table" as const, table, order }), [table, order]),
    setFound,
  );
  const isFinding = useIsFinding();
  const target = useMemo(
    () => (isFinding && found ? { row: found.at, column: found.within } : null),
    [isFinding, found],
  );
  const [layout, setLayout] = useColumnLayout(artifact.key ?? artifact.id);
  const labels = useMemo(() => labelsOf(table.columns), [table]);
  const props: TableProps = {
    widthOf: (at) => layout.widths[labels[at] ?? ""] ?? null,
    onResize: (at, width) => setLayout({ ...layout, widths: { ...layout.widths, [labels[at] ?? ""]: width } }),
    wrap: layout.wrap,
    ...rows,
    target: target ?? rows.target,
    table,
    columns,
    order,
    sort: query.sort,
    onSort: (sort) => put({ sort }),
    filters: showsFilters ? query.filters : null,
    onFilter: (column, text) => put({ filters: { ...query.filters, [column]: text } }),
    statistics,
    onOpen: (position) => {
      opener.current = document.activeElement;
      setOpened(position);
    },
  };
  const small = table.rows <= MAX_STATIC_ROWS && columns.length <= MAX_STATIC_COLUMNS;
  const close = () => {
    setOpened(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  const toggleFilters = () => {
    // Hidden filters must not hide rows.
    if (showsFilters) put({ filters: {} });
    setOpensFilters(!showsFilters);
  };
  return (
    <div aria-busy={busy}>
      <Toolbar
        table={table}
        order={order}
        reader={reader}
        busy={busy}
        search={query.search}
        onSearch={(search) => put({ search })}
        showsFilters={showsFilters}
        onToggleFilters={toggleFilters}
        showsStatistics={statistics !== null}
        onToggleStatistics={toggleStatistics}
        wrap={layout.wrap}
        onToggleWrap={() => setLayout({ ...layout, wrap: !layout.wrap })}
        onGo={goTo}
      />
      <div aria-live="polite">
        {failed && (
          <Notice tone="danger">
            The table couldn't be searched, filtered or sorted. Reload the page to try again.
          </Notice>
        )}
        {notice}
      </div>
      {printing ? (
        <PrintTable {...props} />
      ) : small ? (
        <StaticTable {...props} />
      ) : (
        <Grid key={`${layout.wrap}`} {...props} />
      )}
      {openedRow}
      {opened && <CellInspector table={table} position={opened} onClose={close} />}
    </div>
  );
}
