"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { Button } from "#app/_ui/button";
import { storedList, useStoredList } from "#app/_ui/stored-text";
import { parseQuery } from "#contract/query/parse";
import type { QueryProblem } from "#contract/query/tree";
import type { BoxState, FacetsSource, OpenList } from "./box-state";
import { type Completion, completed, completionsOf, needsFacets, targetAt, without, withQuery } from "./complete";

const stored = storedList("vitrine:queries", (value) => typeof value === "string");

/** Remembers a query as the last one that this browser searched. */
export function keepQuery(query: string): void {
  stored.write(withQuery(stored.read(), query));
}

export function isQuery(text: string): boolean {
  return parseQuery(text).problem === null;
}

interface Option extends Completion {
  group: string;
  choose: () => void;
}

/** What the box of a query offers below it: completions, recent searches, and what is wrong. */
export function QueryAssistant({
  state,
  list,
  onOpen,
  facets,
  onText,
}: {
  state: BoxState;
  /** Receives the list while it is open. */
  list: RefObject<OpenList | null>;
  onOpen: (open: { activeId: string | undefined } | null) => void;
  facets: FacetsSource;
  onText: (text: string, caret: number) => void;
}) {
  const { id, text, caret, focused, checked } = state;
  const options = useOptions(state, facets, onText);
  const [active, setActive] = useState<number | null>(null);
  // What the list was closed at: it opens again with the next key.
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const place = `${text} ${caret}`;
  const isOpen = focused && options.length > 0 && closedAt !== place;
  const at = active !== null && active < options.length ? active : null;
  const activeId = isOpen && at !== null ? `${id}-${at}` : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the text forgets what was chosen
  useLayoutEffect(() => setActive(null), [place]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what the field shows
  useEffect(() => onOpen(isOpen ? { activeId } : null), [isOpen, activeId]);
  // A key that is pressed as soon as the list is there is for the list.
  useLayoutEffect(() => {
    list.current = isOpen ? { activeId, onKey } : null;
  });

  function onKey({ key, shiftKey }: KeyboardEvent): boolean {
    const last = options.length - 1;
    if (key === "ArrowDown") setActive(at === null || at === last ? 0 : at + 1);
    else if (key === "ArrowUp") setActive(at === null || at === 0 ? last : at - 1);
    else if (key === "Escape") setClosedAt(place);
    else if ((key === "Enter" && at !== null) || (key === "Tab" && !shiftKey && text !== "" && at !== null))
      options[at ?? 0]?.choose();
    else return false;
    return true;
  }

  const { problem } = parseQuery(text);
  const shown = problem && checked && !isOpen ? problem : null;
  if (!isOpen && !shown) return null;
  return (
    <div className="rounded-lg border border-edge bg-surface p-1.5 shadow-lg">
      {shown && <Problem text={text} problem={shown} onText={onText} />}
      {isOpen && (
        <div
          role="listbox"
          id={`${id}-list`}
          aria-label="Completions"
          className="max-h-72 overflow-y-auto overscroll-contain"
        >
          {options.map((option, index) => (
            <div key={`${option.group} ${option.id}`}>
              {option.group !== options[index - 1]?.group && (
                <div aria-hidden className="px-2 pt-1.5 pb-1 text-faint text-xs">
                  {option.group}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field */}
              <div
                role="option"
                id={`${id}-${index}`}
                tabIndex={-1}
                aria-selected={index === at}
                // The field keeps the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={option.choose}
                className={`flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm ${index === at ? "bg-hover" : "hover:bg-hover"}`}
              >
                {option.group === "Recent searches" && <History aria-hidden className="size-4 shrink-0 text-faint" />}
                <span className="min-w-0 shrink-0 max-w-[70%] truncate">{option.label}</span>
                {option.hint && <span className="ml-auto min-w-0 truncate text-faint tabular-nums">{option.hint}</span>}
              </div>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** What can be chosen: recent searches for an empty box, else completions of the part at the caret. */
function useOptions(state: BoxState, source: FacetsSource, onText: (text: string, caret: number) => void): Option[] {
  const { text, caret, focused } = state;
  const recent = useStoredList(stored);
  const target = targetAt(text, caret);
  const rest = target ? without(text, target.condition) : "";
  const query = isQuery(rest) ? rest : "";
  const { data: facets } = useQuery({
    queryKey: ["query facets", source.key, query],
    queryFn: () => source.load(query),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled: focused && target !== null && needsFacets(target),
  });
  if (!target) return [];
  const today = new Date().toISOString().slice(0, 10);
  const found = completionsOf(target, facets, today).map((completion) => ({
    ...completion,
    group: target.field === null ? "Operators" : "Values",
    choose: () => {
      const after = completed(text, target, completion);
      onText(after.text, after.caret);
    },
  }));
  if (text !== "") return target.field === null && target.typed === "" ? [] : found;
  const searches = recent.map((each) => ({
    ...{ id: each, label: each, hint: "", text: each },
    group: "Recent searches",
    choose: () => onText(each, each.length),
  }));
  return [...searches, ...found];
}

/** What is wrong with a query, with its place marked, and a button for the word that was most likely meant. */
function Problem({
  text,
  problem,
  onText,
}: {
  text: string;
  problem: QueryProblem;
  onText: (text: string, caret: number) => void;
}) {
  const { offset, length, message, nearest } = problem;
  const end = offset + length;
  return (
    <div role="alert" className="px-2 py-1.5 text-sm">
      <p className="overflow-x-auto whitespace-pre font-mono text-soft text-xs leading-6">
        {text.slice(0, offset)}
        <mark className="rounded-sm bg-danger-wash text-danger underline decoration-wavy underline-offset-4">
          {text.slice(offset, end) || " "}
        </mark>
        {text.slice(end)}
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>{`${message.charAt(0).toUpperCase()}${message.slice(1)}.`}</span>
        {nearest !== null && (
          <Button
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onText(text.slice(0, offset) + nearest + text.slice(end), offset + nearest.length)}
          >
            Use <code>{nearest}</code>
          </Button>
        )}
      </div>
    </div>
  );
}
