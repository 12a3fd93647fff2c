"use client";

import { ChevronDown, ChevronUp, Search } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import type { JsonIndex } from "#formats/json-index";
import { formatCount } from "#formats/number";
import { findValues, type JsonReader } from "./find";

/** Searches keys and values; Enter goes to the next match, Shift+Enter to the previous one. */
export function FindBar({
  index,
  reader,
  onSelect,
}: {
  index: JsonIndex;
  reader: JsonReader | null;
  onSelect: (value: number) => void;
}) {
  const [needle, setNeedle] = useState("");
  const [matches, setMatches] = useState<Uint32Array | null>(null);
  const [position, setPosition] = useState(0);
  const showFirst = useEffectEvent((found: Uint32Array) => {
    setMatches(found);
    setPosition(0);
    if (found[0] !== undefined) onSelect(found[0]);
  });
  useEffect(() => {
    if (needle === "") return;
    let outdated = false;
    const search = reader ? reader.find(needle) : Promise.resolve(findValues(index, needle));
    search.then((found) => {
      if (!outdated) showFirst(found);
    });
    return () => {
      outdated = true;
    };
  }, [needle, index, reader]);
  const step = (by: number) => {
    if (!matches || matches.length === 0) return;
    const next = (position + by + matches.length) % matches.length;
    setPosition(next);
    onSelect(matches[next] ?? 0);
  };
  return (
    <div className="flex min-w-40 flex-1 flex-wrap items-center gap-2 sm:flex-none">
      <div className="relative min-w-40 flex-1 sm:w-60">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
        <TextField
          type="search"
          aria-label="Search JSON"
          placeholder="Search keys and values…"
          value={needle}
          onChange={(event) => {
            setNeedle(event.target.value);
            setMatches(null);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
          }}
          className="w-full pl-8"
        />
      </div>
      <p aria-live="polite" className="text-faint text-sm tabular-nums">
        {needle !== "" &&
          matches &&
          (matches.length === 0 ? "No matches" : `${formatCount(position + 1)} of ${formatCount(matches.length)}`)}
      </p>
      {matches && matches.length > 1 && needle !== "" && (
        <span className="flex">
          <Button look="quiet" aria-label="Previous match" onClick={() => step(-1)}>
            <ChevronUp aria-hidden className="size-4" />
          </Button>
          <Button look="quiet" aria-label="Next match" onClick={() => step(1)}>
            <ChevronDown aria-hidden className="size-4" />
          </Button>
        </span>
      )}
    </div>
  );
}
