"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { Json } from "#contract/json";
import { counted } from "#reading/measure";

const STEP = 100;
const OPEN_DEPTH = 2;
const LONGEST_TEXT = 2000;

/** Any JSON as a tree that opens and closes; the outer levels are open. */
export function JsonTree({ value }: { value: Json }) {
  return (
    <ScrollRegion label="JSON" className="overflow-x-auto font-mono text-[13px] leading-6">
      <Node value={value} depth={0} />
    </ScrollRegion>
  );
}

function Node({ name, value, depth }: { name?: string; value: Json; depth: number }) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  const [shown, setShown] = useState(STEP);
  const label = name !== undefined && <span className="text-accent">{name}</span>;
  if (value === null || typeof value !== "object") {
    return (
      <div className="pl-5">
        {label}
        {label && <span className="text-faint">: </span>}
        <Leaf value={value} />
      </div>
    );
  }
  const list = Array.isArray(value);
  const size = list ? value.length : Object.keys(value).length;
  const entries = open ? Object.entries(value).slice(0, shown) : [];
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="inline-flex items-center gap-1 rounded pr-1 hover:bg-hover"
      >
        <ChevronRight aria-hidden className={`size-4 text-faint transition-transform ${open ? "rotate-90" : ""}`} />
        {label}
        {label && <span className="text-faint">:</span>}
        <span className="text-faint">{list ? `[ ${counted(size, "item")} ]` : `{ ${counted(size, "member")} }`}</span>
      </button>
      {open && (
        <div className="ml-2 border-line border-l pl-2">
          {entries.map(([key, child]) => (
            <Node key={key} name={key} value={child} depth={depth + 1} />
          ))}
          {size > shown && (
            <button
              type="button"
              onClick={() => setShown(shown + STEP)}
              className="ml-5 rounded text-accent hover:underline"
            >
              Show {Math.min(STEP, size - shown)} more of {size}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Leaf({ value }: { value: string | number | boolean | null }) {
  if (typeof value !== "string") {
    return <span className={value === null ? "text-faint" : "text-warn"}>{String(value)}</span>;
  }
  const cut = value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value;
  return <span className="whitespace-pre-wrap break-words text-good">{JSON.stringify(cut)}</span>;
}
