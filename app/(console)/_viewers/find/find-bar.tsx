"use client";

import { ChevronDown, ChevronUp, Search, X } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { formatCount } from "#formats/number";
import { FIND_PARSERS, type FindRegistry } from "./find-context";
import { MAX_MATCHES } from "./in-data";
import { clearHighlights, highlight, type PageMatch, reveal } from "./rendered-text";
import { type SourceMatch, useMatches } from "./use-matches";

/** In milliseconds. */
const TYPING_PAUSE = 300;

type Match = PageMatch | SourceMatch;

/** Finds the words of the URL in what the page shows. Enter goes to the next match, Shift+Enter to the previous one. */
export function FindBar({
  registry,
  root,
  top,
}: {
  registry: FindRegistry;
  root: RefObject<HTMLElement | null>;
  top: string;
}) {
  const [{ find }, setParams] = useQueryStates(FIND_PARSERS, { limitUrlUpdates: debounce(TYPING_PAUSE) });
  const text = find ?? "";
  const { inPage, inSources, done } = useMatches(text, registry, root);
  const matches: Match[] = [...inPage.filter(({ part }) => part !== "rendered"), ...inSources].slice(0, MAX_MATCHES);
  const [position, setPosition] = useState<number | null>(null);
  const firstInData = matches.findIndex((match) => "source" in match || match.part === "data");
  const at = position !== null && position < matches.length ? position : Math.max(0, firstInData);
  const current = matches[at];
  const goTo = (match: Match) => {
    if ("source" in match) match.source.reveal(match);
    else reveal(match.range);
  };

  useReveal(text, matches[Math.max(0, firstInData)], goTo);
  useEffect(() => {
    highlight(inPage, current && "range" in current ? current.range : null);
  }, [inPage, current]);
  useEffect(() => clearHighlights, []);

  const step = (by: number) => {
    const next = (at + by + matches.length) % matches.length;
    const match = matches[next];
    if (!match) return;
    setPosition(next);
    goTo(match);
  };
  const close = () => {
    void setParams({ find: null }, { limitUrlUpdates: debounce(0) });
    root.current?.focus({ preventScroll: true });
  };
  return (
    <search
      aria-label="Find in content"
      className={`sticky ${top} z-[4] mb-4 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border bg-surface p-1.5 shadow-sm print:hidden`}
    >
      <div className="relative min-w-32 flex-1 sm:max-w-80">
        <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" />
        <TextField
          type="search"
          aria-label="Find in content"
          placeholder="Find in content…"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={2_000}
          value={text}
          onChange={({ target }) => {
            setPosition(null);
            void setParams({ find: target.value });
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            if (event.key === "Enter") {
              event.preventDefault();
              step(event.shiftKey ? -1 : 1);
            }
            if (event.key !== "Escape") return;
            event.preventDefault();
            close();
          }}
          className="w-full pl-8"
        />
      </div>
      <p aria-live="polite" className="min-w-16 text-faint text-sm tabular-nums">
        {countText(text, matches.length, at, done)}
      </p>
      <span className="ml-auto flex">
        <Button look="quiet" aria-label="Previous match" disabled={matches.length === 0} onClick={() => step(-1)}>
          <ChevronUp aria-hidden className="size-4" />
        </Button>
        <Button look="quiet" aria-label="Next match" disabled={matches.length === 0} onClick={() => step(1)}>
          <ChevronDown aria-hidden className="size-4" />
        </Button>
        <Button look="quiet" aria-label="Close find bar" onClick={close}>
          <X aria-hidden className="size-4" />
        </Button>
      </span>
    </search>
  );
}

function countText(text: string, count: number, at: number, done: boolean): string {
  if (text.trim() === "") return "";
  if (count === 0) return done ? "Not found here" : "Searching…";
  const all = `${formatCount(count)}${done && count < MAX_MATCHES ? "" : "+"}`;
  return `${formatCount(at + 1)} of ${all}`;
}

/**
 * Brings the first match of a text into view: one in the description until one in the data is found. Once the reader does
 * something, the page stays where it is.
 */
function useReveal(text: string, first: Match | undefined, goTo: (match: Match) => void): void {
  const revealed = useRef({ text, stage: 0 });
  useEffect(() => {
    const settle = () => {
      revealed.current.stage = 2;
    };
    const events = ["wheel", "touchmove", "pointerdown", "keydown"] as const;
    for (const event of events) addEventListener(event, settle, { passive: true });
    return () => {
      for (const event of events) removeEventListener(event, settle);
    };
  }, []);
  const show = useEffectEvent((match: Match) => {
    const stage = "source" in match || match.part === "data" ? 2 : 1;
    if (revealed.current.text !== text) revealed.current = { text, stage: 0 };
    if (revealed.current.stage >= stage) return;
    revealed.current.stage = stage;
    goTo(match);
  });
  useEffect(() => {
    if (first) show(first);
  }, [first]);
}
