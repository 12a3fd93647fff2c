import type { ChangedKind, ChangeMessage } from "#contract/changes";

/** What a hint may hold, in bytes of names: it must fit into one notification of PostgreSQL. */
const MAX_BYTES = 7_500;

/** The kinds that keys are about. A word that was gathered names others beside them. */
const KEYED: ReadonlySet<ChangedKind> = new Set(["artifact", "trash"]);

/** Changes gathered into one word. However many they are it stays small: too many keys become `resync`. */
export class Hint {
  private resync = false;
  private bytes = 0;
  private readonly kinds = new Set<ChangedKind>();
  private readonly keys = new Set<string>();

  /** Adds what a word says; of a change only what is about the keys `among`, where they are given. */
  add(word: ChangeMessage, among?: ReadonlySet<string>): void {
    if (this.resync) return;
    if (word.type === "resync") {
      this.clear(true);
      return;
    }
    const keys = among ? word.keys.filter((key) => among.has(key)) : word.keys;
    if (among && keys.length === 0) return;
    for (const kind of word.kinds) if (!among || KEYED.has(kind)) this.kinds.add(kind);
    for (const key of keys) this.name(key);
  }

  /** What was gathered, once; null for nothing. */
  take(): ChangeMessage | null {
    const word = this.word();
    this.clear(false);
    return word;
  }

  private word(): ChangeMessage | null {
    if (this.resync) return { type: "resync" };
    return this.kinds.size > 0 ? { type: "changed", kinds: [...this.kinds], keys: [...this.keys] } : null;
  }

  private name(key: string): void {
    if (this.resync || this.keys.has(key)) return;
    this.keys.add(key);
    // Keys are ASCII; two quotes and a comma come with each.
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
