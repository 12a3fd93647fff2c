import type { ChangeMessage } from "#contract/changes";
import { type ChangeFilter, MessageBuffer } from "./message-buffer";

type Result = IteratorResult<ChangeMessage, undefined>;

/** An iterator of change messages that buffers at most one merged message, however slowly it is read. */
export class Watcher implements AsyncIterableIterator<ChangeMessage, undefined> {
  private readonly buffer = new MessageBuffer();
  private ended: "closed" | "aborted" | undefined;
  private waiting: { resolve(result: Result): void; reject(error: unknown): void } | undefined;

  constructor(
    private readonly filter: ChangeFilter | undefined,
    missed: readonly ChangeMessage[],
    private readonly onClose: () => void,
    readonly caller?: string,
  ) {
    for (const message of missed) this.buffer.add(message, filter);
  }

  receive(message: ChangeMessage): void {
    this.buffer.add(message, this.filter);
    this.deliver();
  }

  /** Ends the iteration after the client disconnected. */
  close(): void {
    this.finish("closed");
  }

  /** Ends the iteration with an AbortError, which the client sees as a broken connection. */
  abort(): void {
    this.finish("aborted");
  }

  next(): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.deliver();
    });
  }

  async return(): Promise<Result> {
    this.close();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private finish(reason: "closed" | "aborted"): void {
    this.ended ??= reason;
    this.onClose();
    this.deliver();
  }

  private deliver(): void {
    if (!this.waiting) return;
    const { resolve, reject } = this.waiting;
    const message = this.ended ? null : this.buffer.take();
    if (!message && !this.ended) return;
    this.waiting = undefined;
    if (message) resolve({ done: false, value: message });
    else if (this.ended === "closed") resolve({ done: true, value: undefined });
    // The SSE writer treats an AbortError as a disconnect, neither an error nor the end of the stream.
    else reject(new DOMException("The server is shutting down.", "AbortError"));
  }
}
