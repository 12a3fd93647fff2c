"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Column } from "#formats/column";
import type { Table } from "#formats/table";
import { NO_QUERY, queryRows, type RowQuery } from "./query/row-query";
import type { TableReader } from "./table-props";

interface RowOrder {
  order: Uint32Array;
  /** Whether a query runs. */
  busy: boolean;
  /** Whether the last query failed. */
  failed: boolean;
}

/**
 * The rows that match a query, in order. With a `reader` the query runs outside the page; until its result arrives, and if
 * it fails, the earlier order stays.
 */
export function useRowOrder(table: Table, columns: Column[], reader: TableReader | null, query: RowQuery): RowOrder {
  const deferred = useDeferredValue(query);
  const local = useMemo(
    () => queryRows(table, columns, reader ? NO_QUERY : deferred),
    [table, columns, reader, deferred],
  );
  const [result, setResult] = useState<{ order: Uint32Array; query: RowQuery; table: Table } | null>(null);
  const [failure, setFailure] = useState<RowQuery | null>(null);
  const isRemote = reader !== null && deferred !== NO_QUERY;
  useEffect(() => {
    if (!reader || deferred === NO_QUERY) return;
    let outdated = false;
    reader.query(deferred).then(
      (order) => {
        if (!outdated && order) setResult({ order, query: deferred, table });
      },
      () => {
        if (!outdated) setFailure(deferred);
      },
    );
    return () => {
      outdated = true;
    };
  }, [reader, deferred, table]);
  if (!isRemote) return { order: local, busy: false, failed: false };
  const latest = result?.table === table ? result : null;
  const failed = failure === deferred;
  return { order: latest?.order ?? local, busy: latest?.query !== deferred && !failed, failed };
}
