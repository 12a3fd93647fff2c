"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import { NO_QUERY, queryRows, type RowQuery } from "./query/row-query";
import type { TableReader } from "./table-props";

/**
 * The rows that match a query, in order. With a `reader` the query runs outside the page; until its result arrives the
 * earlier order stays and `busy` is true.
 */
export function useRowOrder(
  table: Table,
  columns: Column[],
  reader: TableReader | null,
  query: RowQuery,
): { order: Uint32Array; busy: boolean } {
  const deferred = useDeferredValue(query);
  const local = useMemo(
    () => queryRows(table, columns, reader ? NO_QUERY : deferred),
    [table, columns, reader, deferred],
  );
  const [result, setResult] = useState<{ order: Uint32Array; query: RowQuery; table: Table } | null>(null);
  const isRemote = reader !== null && deferred !== NO_QUERY;
  useEffect(() => {
    if (!reader || deferred === NO_QUERY) return;
    let outdated = false;
    reader.query(deferred).then((order) => {
      if (!outdated && order) setResult({ order, query: deferred, table });
    });
    return () => {
      outdated = true;
    };
  }, [reader, deferred, table]);
  if (!isRemote) return { order: local, busy: false };
  const latest = result?.table === table ? result : null;
  return { order: latest?.order ?? local, busy: latest?.query !== deferred };
}
