"use client";

import { useEffect, useEffectEvent, useId, useMemo, useState } from "react";
import type { JsonIndex } from "#formats/json-index";
import type { Reader } from "../large/reader";
import { useVirtualRows } from "../shared/virtual-rows";
import { FindBar } from "./find-bar";
import { PathBar } from "./path-bar";
import { ancestorsOf } from "./paths";
import { TreeRow } from "./tree-row";
import { useTreeKeys } from "./use-tree-keys";
import { initiallyExpanded, visibleRows } from "./visible-rows";

const ROW_HEIGHT = 24;
const MAX_STATIC_ROWS = 300;
const MIN_SEARCHABLE_VALUES = 12;

/** Any JSON as a tree that opens and closes, exactly as it was written; `reader` searches it where it is large. */
export function JsonTree({ index, reader }: { index: JsonIndex; reader: Reader | null }) {
  const id = useId();
  const [open, setOpen] = useState<ReadonlySet<number>>(() => initiallyExpanded(index));
  const [active, setActive] = useState<number | null>(null);
  const [sought, setSought] = useState<{ value: number } | null>(null);
  const rows = useMemo(() => visibleRows(index, open), [index, open]);
  const window = useVirtualRows(rows.count, ROW_HEIGHT);
  const few = rows.count <= MAX_STATIC_ROWS;
  const drawn = few ? Array.from({ length: rows.count }, (_, row) => ({ row, top: 0 })) : window.rendered;

  const toggle = (value: number) => {
    const next = new Set(open);
    if (!next.delete(value)) next.add(value);
    setOpen(next);
  };
  const go = (value: number) => {
    setActive(value);
    setSought({ value });
  };
  const reach = (value: number) => {
    setOpen(new Set([...open, ...ancestorsOf(index, value)]));
    go(value);
  };
  // Where a value is to be seen, its row is only known once what is around it is open.
  const bring = useEffectEvent((value: number) => {
    const row = rows.values.subarray(0, rows.count).indexOf(value);
    if (few) document.getElementById(`${id}-${value}`)?.scrollIntoView({ block: "nearest" });
    else if (row >= 0) window.reveal(row);
  });
  useEffect(() => {
    if (sought) bring(sought.value);
  }, [sought]);
  const keys = useTreeKeys({ index, rows, open, active, toggle, go, page: window.page });
  const chosen = active ?? 0;
  const isDrawn = active !== null && drawn.some(({ row }) => rows.values[row] === active);
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        {index.count > MIN_SEARCHABLE_VALUES && <FindBar index={index} reader={reader} onReach={reach} />}
        <PathBar key={chosen} index={index} value={chosen} />
      </div>
      <div
        ref={window.scroll}
        role="tree"
        aria-label="JSON"
        tabIndex={0}
        aria-activedescendant={isDrawn ? `${id}-${active}` : undefined}
        onKeyDown={keys}
        className={`overflow-auto font-mono text-[13px] ${few ? "max-h-[72vh]" : "h-[72vh]"}`}
      >
        <div
          className={few ? "w-max min-w-full" : "relative w-max min-w-full"}
          style={few ? undefined : { height: window.height }}
        >
          {drawn.map(({ row, top }) => {
            const value = rows.values[row] ?? 0;
            return (
              <TreeRow
                key={value}
                id={`${id}-${value}`}
                index={index}
                value={value}
                place={rows.positions[row] ?? 0}
                depth={rows.depths[row] ?? 0}
                open={open.has(value)}
                active={active === value}
                height={ROW_HEIGHT}
                top={few ? null : top}
                onPress={() => {
                  setActive(value);
                  if ((index.size[value] ?? 0) > 0) toggle(value);
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
