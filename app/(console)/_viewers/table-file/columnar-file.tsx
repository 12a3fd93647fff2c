"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import { Button } from "#app/_ui/button";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { formatCount, pluralize } from "#formats/number";
import { partParsers } from "../table/query/table-params";
import type { FileFacts, OpenedTable, TableSource } from "../tabular/opened";
import { OpenedTableView, type TableFileProps } from "./opened-table-view";

/** How many columns are listed with their types. */
const MAX_LISTED = 500;

/** A Parquet file as a table, a large one by its parts, with what it says about itself. */
export function ParquetFile({ artifact, file, url }: TableFileProps) {
  const [{ "rows-after": rowsAfter, "table-file": path }, setParams] = useQueryStates(partParsers);
  const { size, sha256 } = file;
  const firstRow = path === file.path ? rowsAfter : 0;
  const source = useMemo(
    (): TableSource => ({ format: "parquet", url, size, sha256, isGzip: false, choice: {}, firstRow }),
    [url, size, sha256, firstRow],
  );
  return (
    <OpenedTableView
      artifact={artifact}
      file={file}
      source={source}
      head={({ facts, part }, isOpening) => (
        <>
          {facts && <Facts facts={facts} />}
          {part && (
            <Pager
              part={part}
              isOpening={isOpening}
              onGo={(first) => setParams({ "rows-after": first, "table-file": file.path })}
            />
          )}
        </>
      )}
    />
  );
}

/** An Arrow or Feather file as a table, with what it says about itself. */
export function ArrowFile({ artifact, file, url }: TableFileProps) {
  const { size, sha256 } = file;
  const source: TableSource = { format: "arrow", url, size, sha256, isGzip: false, choice: {}, firstRow: 0 };
  return (
    <OpenedTableView
      artifact={artifact}
      file={file}
      source={source}
      head={({ facts }) => facts && <Facts facts={facts} />}
    />
  );
}

/** What a file says about itself: in one line, and the types of its columns on request. */
function Facts({ facts: { summary, schema } }: { facts: FileFacts }) {
  return (
    <details className="group text-sm print:hidden">
      <summary className="cursor-pointer text-faint tabular-nums marker:text-faint hover:text-ink">
        {summary.join(" · ")}
      </summary>
      <ScrollRegion
        label="Columns"
        className="mt-2 max-h-80 w-fit max-w-full overflow-auto rounded-md border bg-surface"
      >
        <table className="text-[13px]">
          <caption className="sr-only">Columns</caption>
          <tbody>
            {schema.slice(0, MAX_LISTED).map(({ name, type }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat
              <tr key={at} className="border-b last:border-0">
                <th scope="row" className="px-3 py-1 text-left font-medium [overflow-wrap:anywhere]">
                  {name}
                </th>
                <td className="px-3 py-1 text-soft">{type}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {schema.length > MAX_LISTED && (
          <p className="px-3 py-1 text-faint">{pluralize(schema.length - MAX_LISTED, "more column")}</p>
        )}
      </ScrollRegion>
    </details>
  );
}

/** Goes through the parts of a large table. */
function Pager({
  part: { first, of, step },
  isOpening,
  onGo,
}: {
  part: NonNullable<OpenedTable["part"]>;
  isOpening: boolean;
  onGo: (first: number) => void;
}) {
  const last = Math.min(of, first + step);
  return (
    <nav aria-label="Rows of the file" className="flex flex-wrap items-center gap-2 text-sm print:hidden">
      <p role="status" className="text-soft tabular-nums">
        {isOpening
          ? "Loading rows…"
          : `Rows ${formatCount(Math.min(of, first + 1))} to ${formatCount(last)} of ${formatCount(of)}`}
      </p>
      <div className="flex gap-1">
        <Button disabled={first === 0 || isOpening} onClick={() => onGo(Math.max(0, first - step))}>
          <ChevronLeft aria-hidden className="size-4" />
          Previous rows
        </Button>
        <Button disabled={last >= of || isOpening} onClick={() => onGo(last)}>
          Next rows
          <ChevronRight aria-hidden className="size-4" />
        </Button>
        <Button look="quiet" disabled={last >= of || isOpening} onClick={() => onGo(Math.max(0, of - step))}>
          Last rows
        </Button>
      </div>
    </nav>
  );
}
