"use client";

import { ChevronRight } from "lucide-react";
import { useQueryState } from "nuqs";
import { useId, useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { changedFiles, changesText, type FilePair } from "#diff/files/pairs";
import type { ListedFile } from "#formats/files/file-list";
import { formatBytes, formatCount } from "#formats/number";
import { fileParsers } from "../../../_viewers/folder/file-params";
import { useFiles } from "../../../_viewers/folder/use-files";
import { DataError, DataLoading } from "../../../_viewers/shared/data-status";
import { CHANGE } from "../../_compare/changes/jumps";
import { ChangeSign } from "../../_compare/changes/marks";
import type { Side } from "../../_compare/use-side";
import type { CompareView } from "../../_compare/view";
import { FileDifference } from "./file-difference";

/** How many files are listed at first and by each "Show more". */
const PAGE_SIZE = 200;

interface Props {
  from: Side;
  to: Side;
  show: CompareView["show"];
}

/** The files that differ between two versions; of the one that is opened, whose path is in the URL, also how. */
export function FileDifferences({ from, to, show }: Props) {
  const before = useFiles(from, { revision: from.revision });
  const after = useFiles(to, { revision: to.revision });
  const [opened, setOpened] = useQueryState("file", fileParsers.file);
  const [most, setMost] = useState(PAGE_SIZE);
  const changes = useMemo(
    () => changedFiles({ type: from.type, files: before.data ?? [] }, { type: to.type, files: after.data ?? [] }),
    [from.type, to.type, before.data, after.data],
  );
  const failed = [before, after].find(({ isError }) => isError);
  if (failed) return <DataError onRetry={failed.refetch} />;
  if (before.data === undefined || after.data === undefined) return <DataLoading size={0} />;
  const { pairs } = changes;
  const isSingle = pairs.length === 1 && changes.same === 0;
  const at = pairs.findIndex(({ path }) => path === opened);
  const shown = pairs.slice(0, Math.max(most, at + 1));
  return (
    <div className="space-y-2">
      <p className="text-soft text-sm tabular-nums">{changesText(changes)}</p>
      <ul className="divide-y overflow-hidden rounded-md border bg-surface">
        {shown.map((pair) => (
          <Pair
            key={`${pair.op} ${pair.path}`}
            pair={pair}
            sides={{ from, to, show }}
            isOpen={isSingle || pair.path === opened}
            onToggle={() => setOpened(pair.path === opened ? null : pair.path, { history: "replace" })}
          />
        ))}
      </ul>
      {shown.length < pairs.length && (
        <p className="flex items-center gap-3 text-faint text-sm">
          <Button onClick={() => setMost(most + PAGE_SIZE)}>Show more</Button>
          {formatCount(shown.length)} of {formatCount(pairs.length)} files
        </p>
      )}
    </div>
  );
}

function Pair({
  pair,
  sides,
  isOpen,
  onToggle,
}: {
  pair: FilePair;
  sides: Props;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const id = useId();
  const { op, path, from, to } = pair;
  return (
    <li>
      <button
        {...CHANGE}
        tabIndex={0}
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={onToggle}
        className="flex w-full scroll-my-32 items-center gap-2 px-3 py-1.5 text-left text-sm -outline-offset-2 hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={`size-3.5 shrink-0 text-faint transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        <ChangeSign op={op === "added" || op === "removed" ? op : "changed"} />
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          {path}
          {from && from.path !== path && <span className="text-faint"> from {from.path}</span>}
        </span>
        <span className="shrink-0 text-faint text-xs tabular-nums">{sizesText(from, to)}</span>
      </button>
      {isOpen && (
        <div id={id} className="border-t bg-canvas p-3">
          <FileDifference pair={pair} {...sides} />
        </div>
      )}
    </li>
  );
}

function sizesText(from: ListedFile | null, to: ListedFile | null): string {
  if (from && to && from.size !== to.size) return `${formatBytes(from.size)} → ${formatBytes(to.size)}`;
  return formatBytes((to ?? from)?.size ?? 0);
}
