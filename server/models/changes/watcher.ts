import type { ChangeMessage } from "#contract/changes";
import { Hint } from "./message-buffer";

type Result = IteratorResult<ChangeMessage, undefined>;

/** One who watches: an iterator of words that holds at most one gathered hint, however slowly it is read. */
export class Watcher implements AsyncIterableIterator<ChangeMessage, undefined> {
  private readonly among: ReadonlySet<string> | undefined;
  private readonly hint = new Hint();
  private over: "left" | "broken off" | undefined;
  private waiting: { give(result: Result): void; refuse(error: unknown): void } | undefined;

  constructor(
    keys: readonly string[] | undefined,
    private readonly left: () => void,
  ) {
    this.among = keys && new Set(keys);
    this.hint.add({ type: "resync" });
  }

  /** Takes what happened. */
  hear(word: ChangeMessage): void {
    this.hint.add(word, this.among);
    this.serve();
  }

  /** Ends it, for one who went away. */
  leave(): void {
    this.finish("left");
  }

  /** Ends it by an error that says nothing to the watcher: to it the connection just breaks. */
  breakOff(): void {
    this.finish("broken off");
  }

  next(): Promise<Result> {
    return new Promise((give, refuse) => {
      this.waiting = { give, refuse };
      this.serve();
    });
  }

  async return(): Promise<Result> {
    this.leave();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private finish(how: "left" | "broken off"): void {
    this.over ??= how;
    this.left();
    this.serve();
  }

  private serve(): void {
    if (!this.waiting) return;
    const { give, refuse } = this.waiting;
    const word = this.over ? null : this.hint.take();
    if (!word && !this.over) return;
    this.waiting = undefined;
    if (word) give({ done: false, value: word });
    else if (this.over === "left") give({ done: true, value: undefined });
    // By this name it is known for no failure, and not for the end of what there is to say.
    else refuse(new DOMException("The server ends.", "AbortError"));
  }
}
