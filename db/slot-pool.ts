import { VitrineError } from "#contract/error";

export type Locks = ReadonlySet<string>;

/** Runs what needs no connection while others have the slot of the work that it is a part of, which waits for one again then. */
export type OutsideSlot = <T>(work: () => Promise<T>) => Promise<T>;

/** Finds what some work may lock. */
export type FindLocks = () => Locks | Promise<Locks>;

/** When work must have ended. */
export interface Limit {
  /** As a time of `performance.now`. */
  deadline: number;
  lateError(): Error;
}

interface Job {
  caller: string;
  findLocks: FindLocks | undefined;
  /** undefined: not known yet. */
  locks: Locks | undefined;
  /** When it got its slot, in milliseconds. */
  since: number;
  limit: Limit | undefined;
  /** Rejects its result. */
  reject(error: Error): void;
  /** Ends its wait. */
  start(): void;
}

/** How long work waits for a slot, in milliseconds. */
const TIMEOUT = 2_000;

/** How often deadlines are looked at, in milliseconds. */
const INTERVAL = 100;

/** After so many milliseconds without a free slot the next ones are expected as slowly. */
const STALL = 500;

const NO_LOCKS: Locks = new Set();

/**
 * A semaphore that is shared out by caller. Nobody waits for more than 2 s, nor where that is to be expected: the driver's
 * own queue has no limit.
 */
export class SlotPool {
  private readonly holders = new Set<Job>();
  /** Those whose locks are not known. */
  private readonly unknown = new Set<Job>();
  private readonly queues = new Map<string, Job[]>();
  private queued = 0;
  /** How many holders have each lock, as far as known, and the locks that half of the slots have. */
  private readonly counts = new Map<string, number>();
  private readonly full = new Set<string>();
  /** The mean time until a slot is free while work waits for one, and since when all are taken, in milliseconds. */
  private interval = 0;
  private fullSince = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(public size: number) {}

  get taken(): number {
    return this.holders.size;
  }

  get waiting(): number {
    return this.queued;
  }

  /** See `withSlot`. */
  run<T>(caller: string, work: (outside: OutsideSlot) => Promise<T>, findLocks?: FindLocks, limit?: Limit): Promise<T> {
    // One promise and one record, as each is a measurable part of a point read.
    return new Promise((resolve, reject) => {
      const locks = findLocks ? undefined : NO_LOCKS;
      const job: Job = { caller, findLocks, locks, since: 0, limit, reject, start: ignore };
      const begin = () =>
        work((part) => this.outside(job, part)).then(
          (result) => {
            this.release(job);
            resolve(result);
          },
          (error: unknown) => {
            this.release(job);
            reject(error);
          },
        );
      if (limit) this.timer ??= setInterval(() => this.expire(), INTERVAL).unref();
      if (!this.isFree(job)) {
        this.wait(job).then(begin, reject);
        return;
      }
      this.hold(job);
      begin();
    });
  }

  private async outside<T>(job: Job, work: () => Promise<T>): Promise<T> {
    this.release(job);
    const result = await work();
    if (this.isFree(job)) this.hold(job);
    else await this.wait(job);
    return result;
  }

  /** Rejects what is late. Its work goes on with its slot: statements have limits of their own. */
  private expire(): void {
    const now = performance.now();
    const queued = [...this.queues.values()].flat();
    for (const job of [...this.holders, ...queued]) {
      if (!job.limit || job.limit.deadline > now) continue;
      job.reject(job.limit.lateError());
      job.limit = undefined;
    }
    if (this.holders.size > 0 || this.queued > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  /** Below half of the slots no lock can have too many of them. */
  private isFree(job: Job): boolean {
    if (this.queued > 0) return false;
    if (this.holders.size < this.half) return true;
    return this.holders.size < this.size && this.identify(job) && this.mayStart(job);
  }

  private get half(): number {
    return Math.max(1, this.size >> 1);
  }

  private hold(job: Job): void {
    job.since = performance.now();
    this.holders.add(job);
    if (this.holders.size >= this.size) this.fullSince = job.since;
    if (job.locks) this.count(job.locks, 1);
    else this.unknown.add(job);
  }

  private release(job: Job): void {
    const wasFull = this.holders.size >= this.size;
    // What failed outside of its slot has none.
    if (!this.holders.delete(job)) return;
    // Of those that stayed unknown nothing was counted.
    if (!this.unknown.delete(job) && job.locks) this.count(job.locks, -1);
    if (this.queued === 0) {
      this.interval = 0;
      return;
    }
    if (wasFull) this.interval += (performance.now() - this.fullSince - this.interval) / 5;
    this.startNext();
  }

  private count(locks: Locks, change: number): void {
    for (const lock of locks) {
      const count = (this.counts.get(lock) ?? 0) + change;
      if (count > 0) this.counts.set(lock, count);
      else this.counts.delete(lock);
      if (count >= this.half) this.full.add(lock);
      else this.full.delete(lock);
    }
  }

  /** Whether the locks of a job and of all holders are known; starts to find out. */
  private identify(job: Job): boolean {
    for (const holder of this.unknown) this.findLocks(holder);
    this.findLocks(job);
    return this.unknown.size === 0 && job.locks !== undefined;
  }

  private findLocks(job: Job): void {
    const { findLocks } = job;
    if (!findLocks) return;
    job.findLocks = undefined;
    const found = findLocks();
    if (!(found instanceof Promise)) {
      this.setLocks(job, found);
      return;
    }
    // What cannot be found is not limited by its locks.
    found
      .catch(() => NO_LOCKS)
      .then((locks) => {
        this.setLocks(job, locks);
        this.startNext();
      });
  }

  private setLocks(job: Job, locks: Locks): void {
    job.locks = locks;
    if (this.unknown.delete(job)) this.count(locks, 1);
  }

  private mayStart({ locks }: Job): boolean {
    if (!locks) return false;
    for (const lock of this.full) if (locks.has(lock)) return false;
    return true;
  }

  private wait(job: Job): Promise<void> {
    this.identify(job);
    const queue = this.queues.get(job.caller) ?? [];
    if (this.expectedWait(job, queue) > TIMEOUT) return Promise.reject(busyError());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.dequeue(job, queue);
        reject(busyError());
      }, TIMEOUT);
      job.start = () => {
        clearTimeout(timer);
        resolve();
      };
      queue.push(job);
      this.queues.set(job.caller, queue);
      this.queued += 1;
      this.startNext();
    });
  }

  private dequeue(job: Job, queue: Job[]): void {
    queue.splice(queue.indexOf(job), 1);
    if (queue.length === 0) this.queues.delete(job.caller);
    this.queued -= 1;
  }

  private startNext(): void {
    while (this.queued > 0 && this.holders.size < this.size) {
      const job = this.unknown.size > 0 ? undefined : this.next();
      if (!job) return;
      this.hold(job);
      job.start();
    }
  }

  /** The first job that may start, of the caller whose turn it is. */
  private next(): Job | undefined {
    for (const [caller, queue] of this.queues) {
      const job = queue.find((each) => this.mayStart(each));
      if (!job) continue;
      this.dequeue(job, queue);
      // A caller that was served is the last in the next turn.
      if (this.queues.delete(caller)) this.queues.set(caller, queue);
      return job;
    }
    return undefined;
  }

  /** In milliseconds: by the rate at which slots get free, and for a lock that has its half by its oldest holder. */
  private expectedWait(job: Job, queue: readonly Job[]): number {
    const now = performance.now();
    const ages = (holders: Job[]) => holders.map(({ since }) => now - since);
    const holders = [...this.holders];
    const locked = holders.filter((holder) => this.conflicts(holder, job));
    if (locked.length >= this.half) {
      const ahead = [...this.queues.values()].flat().filter((other) => this.conflicts(other, job)).length;
      return (ahead / this.half) * Math.max(...ages(locked));
    }
    if (holders.length < this.size) return 0;
    const stalled = Math.min(...ages(holders));
    const interval = stalled > STALL ? Math.max(this.interval, stalled / this.size) : this.interval;
    const own = this.countStartable(queue);
    let ahead = own;
    for (const other of this.queues.values()) {
      if (other !== queue) ahead += Math.min(this.countStartable(other), own + 1);
    }
    return ahead * interval;
  }

  private countStartable(queue: readonly Job[]): number {
    return this.full.size === 0 ? queue.length : queue.filter((job) => this.mayStart(job)).length;
  }

  private conflicts({ locks: one = NO_LOCKS }: Job, { locks: other = NO_LOCKS }: Job): boolean {
    for (const lock of this.full) if (one.has(lock) && other.has(lock)) return true;
    return false;
  }
}

function ignore(): void {}

function busyError(): VitrineError {
  return new VitrineError("SERVICE_UNAVAILABLE", "The server is busy; try again in a second.");
}
