/** A text that this browser stores under a key of `localStorage`, shared by all its tabs. */
export interface StoredText {
  /** Null where nothing is stored, or where the browser blocks storage. */
  read(): string | null;
  /** Does nothing where the browser blocks storage. */
  write(text: string): void;
  subscribe(listener: () => void): () => void;
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
