"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Table } from "#formats/table";
import type { Reader } from "../large/reader";
import type { Column } from "./column";
import { CellInspector } from "./inspector";
import { NO_QUERY, type RowQuery } from "./row-query";
import { StaticTable } from "./static-table";
import type { CellPosition, TableProps } from "./table-props";
import { Toolbar } from "./toolbar";
import { useRowOrder } from "./use-row-order";

const Grid = dynamic(() => import("./grid").then((module) => module.Grid));

const MOST_PLAIN_ROWS = 200;
const MOST_PLAIN_COLUMNS = 40;

/** A table to sort, search, filter, copy and save. A small one is a plain table of the page; a large one draws what is in view. */
export function TableView({ table, columns, reader }: { table: Table; columns: Column[]; reader: Reader | null }) {
  const [arrangement, setArrangement] = useState<RowQuery>(NO_QUERY);
  const [filtering, setFiltering] = useState(false);
  const [opened, setOpened] = useState<CellPosition | null>(null);
  const { order, busy } = useRowOrder(table, columns, reader, arrangement);
  const put = (part: Partial<RowQuery>) => setArrangement({ ...arrangement, ...part });
  const drawing: TableProps = {
    table,
    columns,
    order,
    sort: arrangement.sort,
    onSort: (sort) => put({ sort }),
    filters: filtering ? arrangement.filters : null,
    onFilter: (column, text) => put({ filters: { ...arrangement.filters, [column]: text } }),
    onOpen: setOpened,
  };
  const small = table.rows <= MOST_PLAIN_ROWS && columns.length <= MOST_PLAIN_COLUMNS;
  const show = () => {
    // Filters that cannot be seen would hide rows in silence.
    if (filtering) put({ filters: {} });
    setFiltering(!filtering);
  };
  return (
    <div aria-busy={busy}>
      <Toolbar
        table={table}
        order={order}
        reader={reader}
        busy={busy}
        search={arrangement.search}
        onSearch={(search) => put({ search })}
        filtering={filtering}
        onFiltering={show}
      />
      {small ? <StaticTable {...drawing} /> : <Grid {...drawing} />}
      {opened && <CellInspector table={table} place={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
