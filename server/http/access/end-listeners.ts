/** Listeners for the ends of sessions or keys, by their ids. */
export class EndListeners {
  private readonly listeners = new Map<string, Set<() => void>>();

  /** The ids that have listeners. */
  ids(): Iterable<string> {
    return this.listeners.keys();
  }

  /** @returns forgets the listener */
  add(id: string, listener: () => void): () => void {
    const ofId = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, ofId.add(listener));
    return () => {
      ofId.delete(listener);
      // After its end an id may have other listeners.
      if (ofId.size === 0 && this.listeners.get(id) === ofId) this.listeners.delete(id);
    };
  }

  /** Calls the listeners of an id, and forgets them. */
  end(id: string): void {
    for (const listener of this.listeners.get(id) ?? []) listener();
    this.listeners.delete(id);
  }
}
