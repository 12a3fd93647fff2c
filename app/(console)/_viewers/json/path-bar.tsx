"use client";

import { useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { Copy } from "#app/_ui/copy";
import { type JsonIndex, kindOf, sourceOf, textOf } from "#formats/json-index";
import { withLetters } from "#formats/json-text";
import { TextView } from "../text/text-view";
import { pathOf } from "./paths";

/** In bytes. A longer string, or one of several lines, can be shown in full. */
const LONG = 200;

/** The path of a value, with buttons that copy the path and the value. */
export function PathBar({ index, value }: { index: JsonIndex; value: number }) {
  const [expanded, setExpanded] = useState(false);
  const path = useMemo(() => pathOf(index, value), [index, value]);
  const isText = kindOf(index, value) === "text";
  const content = () => (isText ? textOf(index, value) : withLetters(sourceOf(index, value)));
  const isLong =
    isText && ((index.to[value] ?? 0) - (index.from[value] ?? 0) > LONG || /[\r\n]/.test(textOf(index, value)));
  return (
    <>
      <div className="flex h-8 min-w-40 flex-1 items-center gap-1 text-faint text-sm">
        <code className="min-w-0 truncate text-soft text-xs" title={path}>
          {path}
        </code>
        <Copy text={path} label="Copy path" />
        <span className="ml-auto flex items-center gap-1">
          {isLong && (
            <Button look="quiet" aria-expanded={expanded} onClick={() => setExpanded(!expanded)}>
              {expanded ? "Show less" : "Show all"}
            </Button>
          )}
          <span aria-hidden>Copy value</span>
          <Copy text={content} label="Copy value" />
        </span>
      </div>
      {expanded && (
        <div className="basis-full">
          <TextView text={content()} label="Value" />
        </div>
      )}
    </>
  );
}
