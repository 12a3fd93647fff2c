"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Age } from "#app/_ui/age";
import { Button } from "#app/_ui/button";
import { Choice } from "#app/_ui/field";
import { Notice } from "#app/_ui/notice";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { formatCount } from "#formats/number";
import { artifactHref } from "../../../_list/artifact-url";
import { withoutEscapes } from "../../text/escapes";
import { type RowLink, rowQuery } from "../row/row-link";
import { cellIn, columnsIn, type HistoryLine, linesOf, seriesOf } from "./changes";
import { RowChart } from "./row-chart";
import { useRowHistory } from "./use-row-history";

const ABSENT = { "no row": "Not in this version", "no column": "No such column", "no table": "Not a table" };

/** The values of one row in the versions of a key: as a chart of its numbers, and as a table. */
export function RowHistory({
  artifactKey,
  open,
  link,
  title,
  onClose,
}: {
  artifactKey: string;
  /** The version on the page. */
  open: number | null;
  link: RowLink;
  /** What the row is called. */
  title: string;
  onClose: () => void;
}) {
  const { entries, progress, hasOlder, problem, stop, loadOlder } = useRowHistory(artifactKey, link);
  const [onlyChanges, setOnlyChanges] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const choice = useId();
  const box = useRef<HTMLElement>(null);
  const isEmpty = entries.length === 0;
  useEffect(() => {
    box.current?.focus({ preventScroll: true });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: with its first version it has its chart
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, [isEmpty]);
  const lines = useMemo(() => linesOf(entries), [entries]);
  const columns = useMemo(() => columnsIn(entries), [entries]);
  const numeric = useMemo(
    () => columns.filter((label) => !link.by.includes(label) && (seriesOf(entries, label)?.length ?? 0) > 1),
    [columns, entries, link.by],
  );
  const changing = columns.filter((label) => lines.some(({ changed }) => changed?.has(label)));
  const charted = numeric.find((label) => label === chosen) ?? numeric.find((label) => changing.includes(label));
  const shownColumns = onlyChanges ? changing : columns;
  const shownLines = onlyChanges ? lines.filter(({ same }, at) => !same || at === 0) : lines;
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={`History of ${title}`}
      aria-busy={progress !== null}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
      className="mt-3 scroll-mt-16 scroll-mb-4 rounded-md border bg-surface"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 text-sm">
        <h3 className="min-w-0 flex-1 truncate font-medium">History of {title}</h3>
        <label className="flex min-h-6 items-center gap-1.5 text-soft">
          <input type="checkbox" checked={onlyChanges} onChange={() => setOnlyChanges(!onlyChanges)} />
          Only changes
        </label>
        <button
          type="button"
          aria-label="Close"
          onClick={onClose}
          className="inline-flex size-6 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden className="size-4" />
        </button>
      </header>
      {charted !== undefined && (
        <div className="border-b px-3 pt-3">
          <div className="flex items-center gap-2 text-soft text-sm">
            <label htmlFor={choice}>Chart of</label>
            <Choice
              id={choice}
              value={charted}
              onChange={(event) => setChosen(event.target.value)}
              className="max-w-60"
            >
              {numeric.map((label) => (
                <option key={label}>{label}</option>
              ))}
            </Choice>
          </div>
          <RowChart
            label={charted}
            points={seriesOf(entries, charted) ?? []}
            hrefOf={(version) => `${artifactHref({ id: "", key: artifactKey, version })}&${rowQuery(link)}`}
          />
        </div>
      )}
      <ScrollRegion label="Versions of the row" className="relative max-h-96 overflow-auto">
        <table className="min-w-full text-[13px] tabular-nums leading-5">
          <thead className="sticky top-0 bg-canvas text-soft">
            <tr>
              {["Version", "Age", ...shownColumns].map((label) => (
                <th key={label} scope="col" className="whitespace-nowrap border-b px-3 py-1.5 text-left font-medium">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shownLines.map((line) => (
              <Line
                key={line.entry.id}
                line={line}
                isOpen={line.entry.version === open}
                columns={shownColumns}
                artifactKey={artifactKey}
                link={link}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <footer className="flex flex-wrap items-center gap-3 px-3 py-2 text-soft text-sm">
        <p role="status">
          {progress
            ? `Reading versions… ${formatCount(progress.done)} of ${formatCount(progress.all)}`
            : summaryOf(entries.length, lines.filter(({ same }) => !same).length, changing.length)}
        </p>
        {progress && <Button onClick={stop}>Stop</Button>}
        {hasOlder && entries.length > 0 && <Button onClick={loadOlder}>Load older versions</Button>}
      </footer>
      {problem && <Notice tone="danger">{problem}</Notice>}
    </section>
  );
}

function summaryOf(versions: number, changes: number, columns: number): string {
  if (columns === 0 && changes <= 1) return `The same in ${formatCount(versions)} versions`;
  return `${formatCount(versions)} versions read`;
}

function Line({
  line: { entry, changed },
  isOpen,
  columns,
  artifactKey,
  link,
}: {
  line: HistoryLine;
  isOpen: boolean;
  columns: string[];
  artifactKey: string;
  link: RowLink;
}) {
  const { version, id, created, row, problem } = entry;
  const absent = problem ?? (row && "absent" in row ? ABSENT[row.absent] : null);
  return (
    <tr aria-current={isOpen || undefined} className={isOpen ? "bg-wash" : "hover:bg-hover"}>
      <th scope="row" className="whitespace-nowrap border-b px-3 py-1 text-left font-normal">
        <Link
          href={`${artifactHref({ id, key: artifactKey, version })}&${rowQuery(link)}`}
          prefetch={false}
          className="text-accent hover:underline"
        >
          v{formatCount(version)}
        </Link>
      </th>
      <td className="whitespace-nowrap border-b px-3 py-1 text-soft">
        <Age of={created} />
      </td>
      {absent !== null ? (
        <td colSpan={Math.max(1, columns.length)} className="border-b px-3 py-1 text-faint">
          {absent}
        </td>
      ) : (
        columns.map((label) => {
          const text = cellIn(entry, label)?.text;
          return (
            <td
              key={label}
              title={text}
              className={`max-w-80 truncate border-b px-3 py-1 ${changed?.has(label) ? "bg-warn-wash" : "text-soft"}`}
            >
              {text === undefined ? <span className="sr-only">missing</span> : withoutEscapes(text)}
              {changed?.has(label) && <span className="sr-only"> (changed)</span>}
            </td>
          );
        })
      )}
    </tr>
  );
}
