"use client";

import { useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { Copy } from "#app/_ui/copy";
import { type JsonIndex, kindOf, sourceOf, textOf } from "#formats/json-index";
import { TextView } from "../text/text-view";
import { pathOf } from "./paths";

const LONG = 200;

/** Where a value of a tree stands, to copy with the value itself; a long text can be opened. */
export function PathBar({ index, value }: { index: JsonIndex; value: number }) {
  const [shown, setShown] = useState(false);
  const path = useMemo(() => pathOf(index, value), [index, value]);
  const text = kindOf(index, value) === "text";
  const read = () => (text ? textOf(index, value) : sourceOf(index, value));
  const long = text && (index.to[value] ?? 0) - (index.from[value] ?? 0) > LONG;
  return (
    <>
      <div className="flex h-8 min-w-40 flex-1 items-center gap-1 text-faint text-sm">
        <code className="min-w-0 truncate text-soft text-xs" title={path}>
          {path}
        </code>
        <Copy text={path} label="Copy the path" />
        <span className="ml-auto flex items-center gap-1">
          {long && (
            <Button look="quiet" aria-expanded={shown} onClick={() => setShown(!shown)}>
              {shown ? "Show less" : "Show all"}
            </Button>
          )}
          Value
          <Copy text={read} label="Copy the value" />
        </span>
      </div>
      {shown && (
        <div className="basis-full">
          <TextView text={read()} label="Value" />
        </div>
      )}
    </>
  );
}
