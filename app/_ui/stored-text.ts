import { useSyncExternalStore } from "react";

/** A text that this browser stores under a key of `localStorage`, shared by all its tabs. */
export interface StoredText {
  /** Null where nothing is stored, or where the browser blocks storage. */
  read(): string | null;
  /** Does nothing where the browser blocks storage. */
  write(text: string): void;
  subscribe(listener: () => void): () => void;
}

/** The same of a list, which is empty where nothing is stored, or something else. */
export interface StoredList<T> extends Pick<StoredText, "subscribe"> {
  /** The same list as long as nothing changes, as `useSyncExternalStore` requires. */
  read(): T[];
  write(list: T[]): void;
}

export function storedText(key: string): StoredText {
  const listeners = new Set<() => void>();
  return {
    read() {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write(text) {
      try {
        localStorage.setItem(key, text);
      } catch {}
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      window.addEventListener("storage", listener);
      return () => {
        listeners.delete(listener);
        window.removeEventListener("storage", listener);
      };
    },
  };
}

const NONE: never[] = [];

/** @param isItem whether a stored value may be in the list; others are left out */
export function storedList<T>(key: string, isItem: (value: unknown) => value is T): StoredList<T> {
  const { read, write, subscribe } = storedText(key);
  let parsed: { text: string | null; list: T[] } = { text: null, list: NONE };
  return {
    read() {
      const text = read();
      if (text !== parsed.text) parsed = { text, list: parseList(text, isItem) };
      return parsed.list;
    },
    write: (list) => write(JSON.stringify(list)),
    subscribe,
  };
}

export function useStoredList<T>({ subscribe, read }: StoredList<T>): T[] {
  return useSyncExternalStore(subscribe, read, () => NONE);
}

export function parseList<T>(text: string | null, isItem: (value: unknown) => value is T): T[] {
  try {
    const value: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(value) ? value.filter(isItem) : NONE;
  } catch {
    return NONE;
  }
}
