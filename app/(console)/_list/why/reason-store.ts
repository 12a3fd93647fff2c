import { MAX_LIMIT } from "#contract/limits";
import type { SearchReason, SearchReasons, SearchWhy } from "#contract/search";

/** In milliseconds: rows that come into view within this time are requested together. */
const PAUSE = 30;
/** In milliseconds: after a failure, shown rows are requested again. */
const RETRY = 2_000;

/** Why a query finds artifacts, loaded for those that are shown, each once until it is updated. */
export class ReasonStore {
  readonly #reasons = new Map<string, SearchReason | null>();
  readonly #listeners = new Set<() => void>();
  /** When what was requested was updated, by its id. */
  readonly #requested = new Map<string, string>();
  readonly #waiting = new Set<string>();

  constructor(
    /** What finds the artifacts, as of a time or now. */
    private readonly search: Pick<SearchWhy, "query" | "asOf">,
    private readonly load: (input: SearchWhy) => Promise<SearchReasons>,
  ) {}

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Undefined while it is not known; null where there is none. */
  readonly reasonOf = (id: string) => this.#reasons.get(id);

  /** Loads the reason of an artifact, unless it is known for when that was updated. */
  want(id: string, updated: string): void {
    if (this.#requested.get(id) === updated) return;
    this.#requested.set(id, updated);
    if (this.#waiting.has(id)) return;
    this.#waiting.add(id);
    if (this.#waiting.size === 1) setTimeout(() => this.#loadAll(), PAUSE);
  }

  #loadAll(): void {
    const ids = [...this.#waiting];
    this.#waiting.clear();
    for (let at = 0; at < ids.length; at += MAX_LIMIT) {
      const part = ids.slice(at, at + MAX_LIMIT);
      const put = ({ reasons }: SearchReasons) => {
        for (const id of part) this.#reasons.set(id, reasons.find((each) => each.id === id) ?? null);
        for (const listener of this.#listeners) listener();
      };
      // The list says what it found without them.
      const forget = () => {
        const failed = part.map((id): [string, string] => [id, this.#requested.get(id) ?? ""]);
        for (const id of part) this.#requested.delete(id);
        setTimeout(() => this.#retry(failed), RETRY);
      };
      this.load({ ...this.search, ids: part }).then(put, forget);
    }
  }

  #retry(failed: [id: string, updated: string][]): void {
    if (this.#listeners.size === 0) return;
    for (const [id, updated] of failed) if (!this.#requested.has(id)) this.want(id, updated);
  }
}
