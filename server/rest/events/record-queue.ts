import { setTimeout as after } from "node:timers/promises";
import type { TaskRunReport } from "#contract/task-run";

/** Beyond so many reports no more are received. */
const MAX_QUEUED = 1_000;

/** So many are recorded in one statement. */
const BATCH = 200;

/** A batch is tried so often, a second apart: that outlasts a restart of the database. */
const MAX_TRIES = 30;
const RETRY = 1_000;

export interface QueueOptions {
  record(items: TaskRunReport[]): Promise<unknown>;
  /** The queue is full: receive no more. */
  onFull(): void;
  /** There is room again. */
  onRoom(): void;
  /** A batch could not be recorded, and the queue was cleared. */
  onFailed(error: unknown): void;
}

/** Records what one connection sends, in the order of arrival and in batches. */
export class RecordQueue {
  private readonly waiting: TaskRunReport[] = [];
  private recording: Promise<void> | null = null;

  constructor(private readonly options: QueueOptions) {}

  push(report: TaskRunReport): void {
    this.waiting.push(report);
    if (this.waiting.length >= MAX_QUEUED) this.options.onFull();
    this.recording ??= this.recordAll();
  }

  /** Resolves when everything that was pushed is recorded. */
  async idle(): Promise<void> {
    await this.recording;
  }

  private async recordAll(): Promise<void> {
    // What arrives in one turn is recorded together.
    await null;
    while (this.waiting.length > 0) {
      const wasFull = this.waiting.length >= MAX_QUEUED;
      await this.recordBatch(this.waiting.splice(0, BATCH));
      if (wasFull && this.waiting.length < MAX_QUEUED) this.options.onRoom();
    }
    this.recording = null;
  }

  private async recordBatch(batch: TaskRunReport[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      const error = await this.options.record(batch).then(
        () => null,
        (reason: unknown) => ({ reason }),
      );
      if (!error) return;
      if (tries === MAX_TRIES) {
        this.waiting.length = 0;
        return this.options.onFailed(error.reason);
      }
      await after(RETRY);
    }
  }
}
