import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";
import { termsIn } from "#contract/query/terms";
import { type ParsedTerm, parseTerms } from "#formats/search/term";
import { Pace } from "#formats/steps";
import type { FindPlace, FindRegistry, FindSource } from "./find-context";
import { findIn, MAX_MATCHES } from "./in-data";
import { findInPage, type PageMatch } from "./rendered-text";

/** How many characters are searched without a look at the clock, and for how many milliseconds without a pause. */
const PIECE = 16_384;
const SLICE = 8;
/** Milliseconds without changes of the page before its text is searched. */
const SETTLED = 120;

export interface SourceMatch extends FindPlace {
  source: FindSource;
}

export interface Matches {
  inPage: readonly PageMatch[];
  inSources: readonly SourceMatch[];
  /** Whether all of the data was searched. */
  done: boolean;
}

const NONE: readonly PageMatch[] = [];

/** Where the text of a page, and the data of which it renders a part, have the words of a text. */
export function useMatches(text: string, registry: FindRegistry, root: RefObject<HTMLElement | null>): Matches {
  const sources = useSyncExternalStore(registry.subscribe, registry.sources, registry.sources);
  const [inSources, setInSources] = useState<{ found: readonly SourceMatch[]; of: unknown }>({ found: [], of: null });
  const [inPage, setInPage] = useState<{ found: readonly PageMatch[]; of: string | null }>({ found: NONE, of: null });

  useEffect(() => {
    const terms = parseTerms(termsIn(text));
    const found: SourceMatch[] = [];
    return inSlices(findInSources(sources, terms, found), (isDone) =>
      setInSources({ found: [...found], of: isDone ? `${text}` : null }),
    );
  }, [text, sources]);

  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const terms = parseTerms(termsIn(text));
    let stop = () => {};
    const search = () => {
      stop();
      stop = inSlices(findInPage(element, terms, new Pace(PIECE), MAX_MATCHES), (isDone, found) => {
        if (isDone) setInPage({ found: found ?? NONE, of: text });
      });
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(search, SETTLED);
    });
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    search();
    return () => {
      stop();
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [text, root]);

  return { inPage: inPage.found, inSources: inSources.found, done: inSources.of === text && inPage.of === text };
}

function* findInSources(
  sources: readonly FindSource[],
  terms: readonly ParsedTerm[],
  found: SourceMatch[],
): Generator<void, undefined> {
  const pace = new Pace(PIECE);
  for (const source of sources) {
    for (const place of findIn(source.data, terms, pace)) {
      if (!place) yield;
      else if (found.push({ ...place, source }) === MAX_MATCHES) return;
    }
  }
}

/** Runs a computation with pauses for the page, and calls `put` after each slice. Returns how to end it. */
function inSlices<T>(steps: Generator<void, T>, put: (isDone: boolean, result?: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    const end = performance.now() + SLICE;
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return put(true, step.value);
      if (performance.now() > end) break;
    }
    put(false);
    timer = setTimeout(run);
  };
  timer = setTimeout(run);
  return () => clearTimeout(timer);
}
