import { useEffect, useMemo, useRef } from "react";
import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import type { TableTools } from "../table/table-props";
import { createReader, type DataReader } from "./reader";

/** The tools of a table that the page has, in a worker that starts when one is first used and ends with the component. */
export function useTableTools(table: Table | null, columns: Column[]): TableTools {
  const reader = useRef<DataReader | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table needs another worker
  useEffect(
    () => () => {
      reader.current?.end();
      reader.current = null;
    },
    [table],
  );
  return useMemo(() => {
    const open = () => {
      if (!reader.current) {
        reader.current = createReader();
        // The call that follows fails with the same error, and its caller handles it.
        if (table) reader.current.use(table, columns).catch(() => undefined);
      }
      return reader.current;
    };
    return { statistics: (column) => open().statistics(column), rowKey: () => open().rowKey() };
  }, [table, columns]);
}
