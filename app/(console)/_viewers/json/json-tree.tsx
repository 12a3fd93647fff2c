"use client";

import { useEffect, useEffectEvent, useId, useMemo, useState } from "react";
import type { JsonIndex } from "#formats/json-index";
import { useFindSource, useIsFinding } from "../find/find-context";
import { PrintedRows } from "../shared/printed-rows";
import { useTreeKeys } from "../shared/use-tree-keys";
import { useVirtualRows } from "../shared/virtual-rows";
import type { JsonReader } from "./find";
import { FindBar } from "./find-bar";
import { PathBar } from "./path-bar";
import { ancestorsOf } from "./paths";
import { TreeRow } from "./tree-row";
import { initiallyExpanded, visibleRows } from "./visible-rows";

const ROW_HEIGHT = 24;
/** A tree of more rows renders those in view only. */
const MAX_STATIC_ROWS = 300;
const MAX_VALUES_WITHOUT_SEARCH = 12;

/** JSON as a collapsible tree with every value as it was written. With a `reader` searches run outside the page. */
export function JsonTree({
  index,
  reader,
  label = "JSON",
}: {
  index: JsonIndex;
  reader: JsonReader | null;
  label?: string;
}) {
  const id = useId();
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(() => initiallyExpanded(index));
  const [active, setActive] = useState<number | null>(null);
  const [target, setTarget] = useState<{ value: number } | null>(null);
  const rows = useMemo(() => visibleRows(index, expanded), [index, expanded]);
  const virtual = useVirtualRows(rows.count, ROW_HEIGHT);
  const isStatic = rows.count <= MAX_STATIC_ROWS;
  const rendered = isStatic ? Array.from({ length: rows.count }, (_, row) => ({ row, top: 0 })) : virtual.rendered;

  const toggle = (value: number) => {
    const next = new Set(expanded);
    if (!next.delete(value)) next.add(value);
    setExpanded(next);
  };
  const activate = (value: number) => {
    setActive(value);
    setTarget({ value });
  };
  const select = (value: number) => {
    setExpanded(new Set([...expanded, ...ancestorsOf(index, value)]));
    activate(value);
  };
  // An effect: the row of a value exists only after its ancestors are expanded.
  const scrollTo = useEffectEvent((value: number) => {
    const row = rows.values.subarray(0, rows.count).indexOf(value);
    if (isStatic) document.getElementById(`${id}-${value}`)?.scrollIntoView({ block: "nearest" });
    else if (row >= 0) virtual.reveal(row);
  });
  useEffect(() => {
    if (target) scrollTo(target.value);
  }, [target]);
  const valueIn = (row: number) => rows.values[row] ?? 0;
  const onKeyDown = useTreeKeys({
    rows: {
      count: rows.count,
      depthOf: (row) => rows.depths[row] ?? 0,
      hasChildren: (row) => (index.size[valueIn(row)] ?? 0) > 0,
      isExpanded: (row) => expanded.has(valueIn(row)),
    },
    active: active === null ? -1 : rows.values.subarray(0, rows.count).indexOf(active),
    toggle: (row) => toggle(valueIn(row)),
    moveTo: (row) => activate(valueIn(row)),
    page: virtual.page,
  });
  const isFinding = useIsFinding();
  useFindSource(
    useMemo(() => ({ kind: "json" as const, index }), [index]),
    ({ at }) => {
      select(at);
      virtual.scroll.current?.scrollIntoView({ block: "nearest" });
    },
  );
  const selected = active ?? 0;
  const isActiveRendered = active !== null && rendered.some(({ row }) => rows.values[row] === active);
  return (
    <div>
      {index.count > 1 && (
        <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
          {index.count > MAX_VALUES_WITHOUT_SEARCH && !isFinding && (
            <FindBar index={index} reader={reader} onSelect={select} />
          )}
          <PathBar key={selected} index={index} value={selected} />
        </div>
      )}
      <PrintedRows count={rows.count} />
      <div
        ref={virtual.scroll}
        role="tree"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={isActiveRendered ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
        className={`overflow-auto font-mono text-[13px] ${isStatic ? "max-h-[72vh]" : "h-[72vh]"}`}
      >
        <div
          data-find="rendered"
          className={isStatic ? "w-max min-w-full" : "relative w-max min-w-full"}
          style={isStatic ? undefined : { height: virtual.height }}
        >
          {rendered.map(({ row, top }) => {
            const value = rows.values[row] ?? 0;
            return (
              <TreeRow
                key={value}
                id={`${id}-${value}`}
                index={index}
                value={value}
                position={rows.positions[row] ?? 0}
                depth={rows.depths[row] ?? 0}
                expanded={expanded.has(value)}
                active={active === value}
                height={ROW_HEIGHT}
                top={isStatic ? null : top}
                onClick={() => {
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
