import type { ChangedKind, ChangeMessage } from "#contract/changes";

/** The maximum size of the keys in bytes: a message must fit into one PostgreSQL notification. */
const MAX_BYTES = 7_500;

/** The kinds whose changes name keys. */
const KEYED: ReadonlySet<ChangedKind> = new Set(["artifact", "trash"]);

/** Which changes are of interest. */
export interface ChangeFilter {
  hasKey(key: string): boolean;
  /** Whether those of pins are, which name no key. */
  pins: boolean;
}

/** Merges changes into one message of bounded size: too many keys become `resync`. */
export class MessageBuffer {
  private resync = false;
  private bytes = 0;
  private readonly kinds = new Set<ChangedKind>();
  private readonly keys = new Set<string>();

  /** Merges a message; with a filter, only what is of interest. */
  add(build: ChangeMessage, filter?: ChangeFilter): void {
    if (this.resync) return;
    if (build.type === "resync") {
      this.clear(true);
      return;
    }
    const keys = filter ? build.keys.filter((key) => filter.hasKey(key)) : build.keys;
    for (const kind of build.kinds) {
      const isOfInterest = kind === "pin" ? filter?.pins : keys.length > 0 && KEYED.has(kind);
      if (!filter || isOfInterest) this.kinds.add(kind);
    }
    for (const key of keys) this.addKey(key);
  }

  /** The merged message, after which the buffer is empty; null without changes. */
  take(): ChangeMessage | null {
    const message = this.message();
    this.clear(false);
    return message;
  }

  private message(): ChangeMessage | null {
    if (this.resync) return { type: "resync" };
    return this.kinds.size > 0 ? { type: "changed", kinds: [...this.kinds], keys: [...this.keys] } : null;
  }

  private addKey(key: string): void {
    if (this.resync || this.keys.has(key)) return;
    this.keys.add(key);
    // Keys are ASCII, plus two quotes and a comma each.
    this.bytes += key.length + 3;
    if (this.bytes > MAX_BYTES) this.clear(true);
  }

  private clear(resync: boolean): void {
    this.resync = resync;
    this.bytes = 0;
    this.kinds.clear();
    this.keys.clear();
  }
}
