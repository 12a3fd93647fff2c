"use client";

import { type ReactNode, useMemo } from "react";
import { loadCode } from "#app/_data/connection";
import type { Artifact } from "#contract/artifact";
import { type Column, columnsOf } from "#formats/column";
import { type Table, tableIn } from "#formats/table";
import { createScheduler } from "./large/scheduler";
import { rowKey } from "./table/row/row-key";
import type { TableTools } from "./table/table-props";
import { TableView } from "./table/table-view";

const NO_COLUMNS: Column[] = [];

/** The table in a JSON text; `fallback` where it has none. */
export function TableOfText({
  artifact,
  text,
  fallback,
  hasHistory,
}: {
  artifact: Artifact;
  text: string;
  fallback: ReactNode;
  /** False where the rows are not those of the data. */
  hasHistory?: boolean | undefined;
}) {
  const parsed = useMemo(() => {
    const table = tableIn(text);
    return table && { table, columns: columnsOf(table) };
  }, [text]);
  const tools = useTableTools(parsed?.table ?? null, parsed?.columns ?? NO_COLUMNS);
  if (!parsed) return fallback;
  return <TableView {...parsed} artifact={artifact} reader={null} tools={tools} hasHistory={hasHistory} />;
}

/** The tools of a table that the page has: it's small enough to compute in steps, between which the page responds. */
function useTableTools(table: Table | null, columns: Column[]): TableTools {
  return useMemo(() => {
    const { runBehind } = createScheduler();
    return {
      async statistics(column) {
        const { columnStatistics } = await loadCode(() => import("./table/statistics/column-statistics"));
        return table && runBehind(columnStatistics(table, columns, column));
      },
      rowKey: () => (table ? runBehind(rowKey(table, columns)) : Promise.resolve([])),
    };
  }, [table, columns]);
}
