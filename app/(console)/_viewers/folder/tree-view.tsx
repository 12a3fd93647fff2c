// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
"use client";

import { ChevronRight } from "lucide-react";
import { useEffect, useEffectEvent, useId, useMemo, useState } from "react";
import { formatBytes, pluralize } from "#formats/number";
import { useTreeKeys } from "../shared/use-tree-keys";
import { useVirtualRows } from "../shared/virtual-rows";
import { FileIcon, FolderIcon } from "./file-icon";
import { foldersAround, initiallyExpanded, type TreeNode, type TreeRow, visibleRows } from "./file-tree";

/** In pixels. */
const ROW_HEIGHT = 28;
const PADDING = 4;

interface Props {
  root: TreeNode;
  /** The path of the file that is shown. */
  selected: string | undefined;
  /** Whether the tree has only the files that a filter finds: it then shows all of them. */
  isFiltered: boolean;
  onOpen: (path: string) => void;
}

/** The files of a folder as a tree, of which the rows in view are rendered. */
export function FileTree({ root, selected, isFiltered, onOpen }: Props) {
  const id = useId();
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => initiallyExpanded(root, selected));
  const [folded, setFolded] = useState<{ of: TreeNode; paths: ReadonlySet<string> }>({ of: root, paths: new Set() });
  const [active, setActive] = useState(selected);
  const closed = folded.of === root ? folded.paths : undefined;
  const isExpanded = (path: string) => (isFiltered ? !closed?.has(path) : expanded.has(path));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what `isExpanded` reads
  const rows = useMemo(() => visibleRows(root, isExpanded), [root, isFiltered, expanded, closed]);
  const virtual = useVirtualRows(rows.length, ROW_HEIGHT, 2 * PADDING);
  const activeRow = rows.findIndex(({ node }) => node.path === active);
  const isActiveRendered = virtual.rendered.some(({ row }) => row === activeRow);

  const toggle = (path: string) => {
    if (isFiltered) setFolded({ of: root, paths: toggled(closed ?? new Set(), path) });
    else setExpanded(toggled(expanded, path));
  };
  const click = ({ path, file }: TreeNode) => {
    setActive(path);
    if (file) onOpen(path);
    else toggle(path);
  };
  const onKeyDown = useTreeKeys({
    rows: {
      count: rows.length,
      depthOf: (row) => rows[row]?.depth ?? 0,
      hasChildren: (row) => rows[row]?.node.file === null,
      isExpanded: (row) => isExpanded(rows[row]?.node.path ?? ""),
      nameOf: (row) => rows[row]?.node.name ?? "",
    },
    active: activeRow,
    toggle: (row) => toggle(rows[row]?.node.path ?? ""),
    moveTo: (row) => {
      setActive(rows[row]?.node.path);
      virtual.reveal(row);
    },
    open: (row) => onOpen(rows[row]?.node.path ?? ""),
    page: virtual.page,
  });

  // A file that was opened elsewhere, by a link or Back, is shown in the tree.
  const [shown, setShown] = useState(selected);
  if (selected !== shown && selected !== undefined) {
    setShown(selected);
    setActive(selected);
    setExpanded(new Set([...expanded, ...foldersAround(selected)]));
  }
  const revealRow = useEffectEvent((path: string | undefined) => {
    const row = rows.findIndex(({ node }) => node.path === path);
    if (row >= 0) virtual.reveal(row);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter moves the row
  useEffect(() => revealRow(selected), [selected, root]);

  return (
    <div
      ref={virtual.scroll}
      role="tree"
      aria-label="Files"
      tabIndex={0}
      aria-activedescendant={isActiveRendered ? `${id}-${activeRow}` : undefined}
      onKeyDown={onKeyDown}
      className="max-h-[40vh] overflow-auto rounded-md border py-1 text-sm @3xl:max-h-[calc(100dvh-12rem)]"
    >
      <div role="presentation" className="relative" style={{ height: virtual.height }}>
        {virtual.rendered.map(({ row, top }) => {
          const shownRow = rows[row];
          return (
            shownRow && (
              <Row
                key={shownRow.node.path}
                id={`${id}-${row}`}
                row={shownRow}
                top={top}
                isExpanded={isExpanded(shownRow.node.path)}
                isActive={row === activeRow}
                isSelected={shownRow.node.path === selected}
                onClick={() => click(shownRow.node)}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

function toggled(paths: ReadonlySet<string>, path: string): Set<string> {
  const next = new Set(paths);
  if (!next.delete(path)) next.add(path);
  return next;
}

function Row({
  id,
  row: { node, depth, position, siblings },
  top,
  isExpanded,
  isActive,
  isSelected,
  onClick,
}: {
  id: string;
  row: TreeRow;
  top: number;
  isExpanded: boolean;
  isActive: boolean;
  isSelected: boolean;
  onClick: () => void;
}) {
  const { name, file, count, size } = node;
  const isFolder = file === null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree handles the keys of all rows
    <div
      id={id}
      role="treeitem"
      aria-level={depth + 1}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isFolder ? isExpanded : undefined}
      aria-selected={isSelected}
      title={isFolder ? `${name}: ${pluralize(count, "file")}, ${formatBytes(size)}` : name}
      onClick={onClick}
      className={`absolute inset-x-1 top-0 flex cursor-pointer items-center gap-1.5 rounded pr-2 ${
        isSelected ? "bg-wash font-medium" : "hover:bg-hover"
      } ${isActive ? "in-focus-visible:outline in-focus-visible:outline-accent" : ""}`}
      style={{ height: ROW_HEIGHT, paddingLeft: 4 + Math.min(depth, 12) * 14, transform: `translateY(${top}px)` }}
    >
      <ChevronRight
        aria-hidden
        className={`size-3.5 shrink-0 text-faint transition-transform ${isExpanded ? "rotate-90" : ""} ${isFolder ? "" : "invisible"}`}
      />
      {isFolder ? <FolderIcon isExpanded={isExpanded} /> : <FileIcon path={name} mediaType={file.mediaType} />}
      <span className="min-w-0 flex-1 truncate" dir="auto">
        {name}
      </span>
      {isFolder && (
        <span className="shrink-0 font-normal text-faint text-xs tabular-nums">{pluralize(count, "file")}</span>
      )}
      <span className="w-16 shrink-0 text-right font-normal text-faint text-xs tabular-nums">{formatBytes(size)}</span>
    </div>
  );
}
