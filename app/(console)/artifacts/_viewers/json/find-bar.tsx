"use client";

import { ChevronDown, ChevronUp, Search } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import type { JsonIndex } from "#formats/json-index";
import { formatCount } from "#formats/number";
import type { Reader } from "../large/reader";
import { findValues } from "./find";

/** Finds a text in names and values; Enter and Shift Enter go from one to the next. */
export function FindBar({
  index,
  reader,
  onReach,
}: {
  index: JsonIndex;
  reader: Reader | null;
  onReach: (value: number) => void;
}) {
  const [needle, setNeedle] = useState("");
  const [hits, setHits] = useState<Uint32Array | null>(null);
  const [at, setAt] = useState(0);
  const arrive = useEffectEvent((next: Uint32Array) => {
    setHits(next);
    setAt(0);
    if (next[0] !== undefined) onReach(next[0]);
  });
  useEffect(() => {
    if (needle === "") return;
    let left = false;
    const asked = reader ? reader({ ask: "find", needle }) : Promise.resolve(findValues(index, needle));
    asked.then((next) => {
      if (!left) arrive(next);
    });
    return () => {
      left = true;
    };
  }, [needle, index, reader]);
  const step = (by: number) => {
    if (!hits || hits.length === 0) return;
    const next = (at + by + hits.length) % hits.length;
    setAt(next);
    onReach(hits[next] ?? 0);
  };
  return (
    <div className="flex min-w-40 flex-1 flex-wrap items-center gap-2 sm:flex-none">
      <div className="relative min-w-40 flex-1 sm:w-60">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
        <TextField
          type="search"
          aria-label="Search the JSON"
          placeholder="Search names and values…"
          value={needle}
          onChange={(event) => {
            setNeedle(event.target.value);
            setHits(null);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
          }}
          className="w-full pl-8"
        />
      </div>
      <p aria-live="polite" className="text-faint text-sm tabular-nums">
        {needle !== "" &&
          hits &&
          (hits.length === 0 ? "Not found" : `${formatCount(at + 1)} of ${formatCount(hits.length)}`)}
      </p>
      {hits && hits.length > 1 && needle !== "" && (
        <span className="flex">
          <Button look="quiet" aria-label="Previous" onClick={() => step(-1)}>
            <ChevronUp aria-hidden className="size-4" />
          </Button>
          <Button look="quiet" aria-label="Next" onClick={() => step(1)}>
            <ChevronDown aria-hidden className="size-4" />
          </Button>
        </span>
      )}
    </div>
  );
}
