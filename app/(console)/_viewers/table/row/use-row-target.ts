import { useEffect, useMemo, useState } from "react";
import type { Table } from "#formats/table";
import { labelsOf } from "../query/query-url";
import { findRow, namesOf } from "./row-key";
import { BY_NUMBER, type RowLink, useRowLink } from "./row-link";

/** Looks for the key of a table without blocking the page. */
export interface RowKeyReader {
  /** As `rowKey`. */
  rowKey(): Promise<number[]>;
}

/** The row that the URL links to, if it is known yet. */
export interface RowTarget {
  link: RowLink;
  /** In the data; null where the table does not have the row. */
  row: number | null;
  column: number | null;
}

/** The columns that name the rows of a table, once they are `requested` and known. */
export function useRowKey(tools: RowKeyReader, requested: boolean): number[] | null {
  const [found, setFound] = useState<{ tools: RowKeyReader; key: number[] } | null>(null);
  useEffect(() => {
    if (!requested) return;
    let outdated = false;
    const put = (key: number[]) => !outdated && setFound({ tools, key });
    tools.rowKey().then(put, () => put([]));
    return () => {
      outdated = true;
    };
  }, [tools, requested]);
  return found?.tools === tools ? found.key : null;
}

/** The row in the URL, null for none or while its key is being looked for, and a function that links to another. */
export function useRowTarget(
  table: Table,
  tools: RowKeyReader,
): [target: RowTarget | null, setLink: (link: RowLink | null) => void] {
  const [link, setLink] = useRowLink();
  const inferred = useRowKey(tools, link !== null && link.by.length === 0);
  const text = JSON.stringify(link);
  const target = useMemo((): RowTarget | null => {
    const parsed: RowLink | null = JSON.parse(text);
    if (!parsed || (parsed.by.length === 0 && !inferred)) return null;
    const labels = labelsOf(table.columns);
    const column = parsed.column === null ? -1 : labels.indexOf(parsed.column);
    const key = parsed.by.length === 0 ? (inferred ?? []) : parsed.by.map((label) => labels.indexOf(label));
    const isNumbered = parsed.by[0] === BY_NUMBER || key.length === 0;
    const row = isNumbered
      ? rowNumbered(table, parsed.names[0])
      : key.includes(-1)
        ? -1
        : findRow(table, key, parsed.names);
    return { link: parsed, row: row < 0 ? null : row, column: column < 0 ? null : column };
  }, [table, text, inferred]);
  return [target, setLink];
}

/** The row with a number from 1, or -1. */
function rowNumbered({ rows, offset = 0 }: Table, text = ""): number {
  const row = /^\d{1,12}$/.test(text) ? Number(text) - 1 - offset : -1;
  return row >= 0 && row < rows ? row : -1;
}

/** A link to a row by its key, or by its number where the table has none. */
export function linkTo(table: Table, key: number[], row: number, column: number | null): RowLink {
  const labels = labelsOf(table.columns);
  return {
    names: key.length > 0 ? namesOf(table, row, key) : [`${row + 1 + (table.offset ?? 0)}`],
    by: key.length > 0 ? key.map((at) => labels[at] ?? "") : [BY_NUMBER],
    column: column === null ? null : (labels[column] ?? null),
  };
}

/** The row that somebody means by its name or its number, or -1. */
export function rowMeant(table: Table, key: number[], text: string): number {
  const named = key.length === 1 ? findRow(table, key, [text]) : -1;
  return named >= 0 ? named : rowNumbered(table, text.replaceAll(/[,\s]/g, ""));
}
