"use client";

import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { loadCode } from "#app/_data/connection";

import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import { usePrinting } from "../shared/use-printing";
import { CellInspector } from "./inspector";
import { PrintTable } from "./print-table";
import { useUrlQuery } from "./query-url";
import type { RowQuery } from "./row-query";
import { StaticTable } from "./static-table";
import type { CellPosition, TableProps, TableReader } from "./table-props";
import { Toolbar } from "./toolbar";
import { useRowOrder } from "./use-row-order";

const Grid = dynamic(() => loadCode(() => import("./grid")).then((module) => module.Grid));

/** A larger table renders only what is in view. */
const MAX_STATIC_ROWS = 200;
const MAX_STATIC_COLUMNS = 40;

/** A table to sort, search, filter and export; the URL stores how. With a `reader` queries and exports run outside the page. */
export function TableView({
  name,
  table,
  columns,
  reader,
}: {
  /** Of the files that are downloaded, without an extension. */
  name: string;
  table: Table;
  columns: Column[];
  reader: TableReader | null;
}) {
  const [query, setQuery] = useUrlQuery(table.columns);
  const [opensFilters, setOpensFilters] = useState(false);
  const showsFilters = opensFilters || Object.keys(query.filters).length > 0;
  const [opened, setOpened] = useState<CellPosition | null>(null);
  const opener = useRef<Element | null>(null);
  const printing = usePrinting();
  const { order, busy } = useRowOrder(table, columns, reader, query);
  const put = (part: Partial<RowQuery>) => setQuery({ ...query, ...part });
  const props: TableProps = {
    table,
    columns,
    order,
    sort: query.sort,
    onSort: (sort) => put({ sort }),
    filters: showsFilters ? query.filters : null,
    onFilter: (column, text) => put({ filters: { ...query.filters, [column]: text } }),
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
        name={name}
        table={table}
        order={order}
        reader={reader}
        busy={busy}
        search={query.search}
        onSearch={(search) => put({ search })}
        showsFilters={showsFilters}
        onToggleFilters={toggleFilters}
      />
      {printing ? <PrintTable {...props} /> : small ? <StaticTable {...props} /> : <Grid {...props} />}
      {opened && <CellInspector table={table} position={opened} onClose={close} />}
    </div>
  );
}
