"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { Table } from "#formats/table";
import type { Reader } from "../large/reader";
import type { Column } from "./column";
import { NO_QUERY, queryRows, type RowQuery } from "./row-query";

/**
 * The rows that an arrangement shows, in its order: found at once in a small table, by the worker that holds it
 * in a large one. Until it has answered, the rows before stay, and `busy` says so.
 */
export function useRowOrder(
  table: Table,
  columns: Column[],
  reader: Reader | null,
  arrangement: RowQuery,
): { order: Uint32Array; busy: boolean } {
  const wanted = useDeferredValue(arrangement);
  const here = useMemo(() => queryRows(table, columns, reader ? NO_QUERY : wanted), [table, columns, reader, wanted]);
  const [answered, setAnswered] = useState<{ order: Uint32Array; to: RowQuery; of: Table } | null>(null);
  const asked = reader !== null && wanted !== NO_QUERY;
  useEffect(() => {
    if (!reader || wanted === NO_QUERY) return;
    let left = false;
    reader({ ask: "arrange", arrangement: wanted }).then((order) => {
      if (!left) setAnswered({ order, to: wanted, of: table });
    });
    return () => {
      left = true;
    };
  }, [reader, wanted, table]);
  if (!asked) return { order: here, busy: false };
  const known = answered?.of === table ? answered : null;
  return { order: known?.order ?? here, busy: known?.to !== wanted };
}
