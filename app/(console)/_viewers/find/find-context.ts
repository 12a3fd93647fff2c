import { parseAsString } from "nuqs";
import { createContext, use, useEffect, useRef } from "react";
import type { JsonIndex } from "#formats/json-index";
import type { Table } from "#formats/table";
import type { Lines } from "../shared/lines";

/** The search parameter of the words to find in what a page shows: free text as in a query; null while the find bar is closed. */
export const FIND_PARSERS = { find: parseAsString };

/** Data of which a viewer renders a part. */
export type FindData =
  | { kind: "table"; table: Table; order: Uint32Array }
  | { kind: "json"; index: JsonIndex }
  | { kind: "lines"; lines: Lines };

/** A place in such data: a row of it and a column, a value, or a line and the number of bytes before it in the line. */
export interface FindPlace {
  at: number;
  within: number;
}

export interface FindSource {
  data: FindData;
  /** Marks a place and brings it into view. */
  reveal: (place: FindPlace) => void;
}

/** The data of the viewers in a page, in the order in which they appeared. */
export class FindRegistry {
  #sources: readonly FindSource[] = [];
  readonly #listeners = new Set<() => void>();

  readonly sources = () => this.#sources;

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Returns a function that removes it. */
  add(source: FindSource): () => void {
    this.#put([...this.#sources, source]);
    return () => this.#put(this.#sources.filter((each) => each !== source));
  }

  #put(sources: readonly FindSource[]) {
    this.#sources = sources;
    for (const listener of this.#listeners) listener();
  }
}

/** Null where nothing is found in: outside of the pages of versions. */
export const FindContext = createContext<{ registry: FindRegistry; isOpen: boolean } | null>(null);

/** Whether the page has an open find bar. */
export function useIsFinding(): boolean {
  return use(FindContext)?.isOpen ?? false;
}

/** Offers data, which must be the same object as long as it has the same content, to the find bar of the page. */
export function useFindSource(data: FindData, reveal: (place: FindPlace) => void): void {
  const registry = use(FindContext)?.registry;
  const latest = useRef(reveal);
  useEffect(() => {
    latest.current = reveal;
  });
  useEffect(() => registry?.add({ data, reveal: (place) => latest.current(place) }), [registry, data]);
}
