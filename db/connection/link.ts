import type { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import type { Sql, TransactionSql } from "postgres";
import { decodeRows, hasLargeValues, isUndecoded } from "./large-values";
import { isLoss, isPoolerError, lossError, SILENT } from "./loss";
import { unwatch, type Watched, watch } from "./silence";
import type { Attempts, Dialer, SocketOptions } from "./socket";

export type Values = Parameters<Sql["unsafe"]>[1];
export type Work = (tx: TransactionSql) => Promise<unknown>;
type Query = ReturnType<Sql["unsafe"]>;
/** A result as rows, or as arrays where `values` is called at once. */
export type Pending = Promise<Row[]> & { values(): PromiseLike<unknown> };
type Row = Record<string, unknown>;

export interface LinkOptions {
  /** Opens a client of one connection, whose sockets `createSocket` makes. */
  open(createSocket: (options: SocketOptions) => Promise<Socket>): Sql;
  dialer: Dialer;
  /** How long it may deliver nothing while a statement waits, in milliseconds. */
  silence: number;
  /** Whether a statement is prepared. */
  isPrepared(text: string): boolean;
  /** What sets the limits of time in each transaction; null where they are set at connect. */
  limits(): string | null;
  /** Called after an error that only a pooler in between explains, see `isPoolerError`. */
  onPoolerError(): void;
  /** For statements without a limit of time: whether the one that is awaited still runs. Absent: silence is a loss. */
  isRunning?: ((pid: number | null) => Promise<boolean>) | undefined;
  /** Called when nothing is awaited any more. */
  onFree(link: Link): void;
  /** Called once, after everything that waited was rejected. */
  onLost(link: Link, error: Error): void;
}

/** How many bytes the network takes at least in a millisecond, where large values are sent. */
const LEAST_RATE = 16_384;

/** The pause before attempts to connect after one at each host, in milliseconds, and how many there are. */
const PAUSE = 100;
const MAX_ATTEMPTS = 30;

const IDENTIFY = "select pg_backend_pid() as pid";

/**
 * One connection: a client of postgres.js (3.4.9) for it alone, so that its socket and all that waits on it are known.
 *
 * The driver does not survive the loss of a connection: it writes the rollback of a lost transaction to a closed socket,
 * which ends the process; a connection it wrote to while it closed never opens again; work of a lost transaction can
 * continue inside another one; and it never notices that a peer fell silent. So a lost connection is given up with its
 * client: what waits is rejected, nothing more is written, and the socket is destroyed.
 */
export class Link implements Watched {
  readonly client: Sql;
  isLost = false;
  isInTransaction = false;
  /** Its server process, where `isRunning` is given. */
  pid: number | null = null;
  readonly #options: LinkOptions;
  readonly #attempts: Attempts = { failed: 0 };
  readonly #pending = new Set<Query>();
  #socket: Socket | undefined;
  #isDriverBusy = false;
  readonly #prepares: boolean;
  #rejectTransaction: ((error: Error) => void) | undefined;
  #received = 0;
  #quiet = 0;
  #isChecking = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.client = options.open((socketOptions) => this.#connect(socketOptions));
    this.#prepares = Boolean(this.client.options.prepare);
    watch(this);
  }

  /**
   * Whether the driver's own begin, savepoint, commit or rollback is awaited. These are not prepared: where a pooler lost a
   * prepared commit, the driver sends it again, PostgreSQL rolls back, and the driver takes that for a success.
   */
  get #isDriverWaiting(): boolean {
    return this.#isDriverBusy;
  }

  set #isDriverWaiting(isWaiting: boolean) {
    this.#isDriverBusy = isWaiting;
    this.client.options.prepare = this.#prepares && !isWaiting;
  }

  /** The number of statements that were sent and have no result yet. */
  get pending(): number {
    return this.#pending.size;
  }

  get isWaiting(): boolean {
    return this.#pending.size > 0 || this.#isDriverWaiting;
  }

  send(text: string, values: Values): Pending {
    const limits = this.#options.limits();
    if (limits !== null) return this.#sendWithin(limits, text, values);
    if (this.#options.isRunning) this.#identify(this.client);
    return this.#run(this.client, text, values);
  }

  /** Runs a statement in a transaction of its own. Nothing is waited for between its parts. */
  #sendWithin(limits: string, text: string, values: Values): Pending {
    this.#run(this.client, `begin; ${limits}`, []).catch(() => {});
    if (this.#options.isRunning) this.#identify(this.client);
    const query = this.#run(this.client, text, values);
    const committed = this.#run(this.client, "commit", []);
    committed.catch(() => {});
    const result = query.then(async (rows) => {
      await committed;
      return rows;
    });
    return Object.assign(result, {
      values() {
        query.values();
        return result;
      },
    });
  }

  async transaction(work: Work): Promise<unknown> {
    this.isInTransaction = true;
    this.#isDriverWaiting = true;
    try {
      return await new Promise((resolve, reject) => {
        this.#rejectTransaction = reject;
        const limits = this.#options.limits();
        const begun = (tx: TransactionSql) => {
          if (limits !== null) this.#run(tx, limits, []).catch(() => {});
          return this.#perform(tx, work);
        };
        this.client.begin(begun).then(resolve, reject);
      });
    } catch (error) {
      if (isLoss(error)) this.lose(error);
      throw error;
    } finally {
      this.isInTransaction = false;
      this.#isDriverWaiting = false;
      this.#rejectTransaction = undefined;
      if (!this.isLost) this.#options.onFree(this);
    }
  }

  /** Gives the connection up at once. */
  lose(error: Error): void {
    if (this.isLost) return;
    this.isLost = true;
    unwatch(this);
    // A method of the driver that its types leave out.
    for (const query of this.#pending) Reflect.get(query, "reject").call(query, error);
    this.#rejectTransaction?.(error);
    this.#options.dialer.next(this.#attempts);
    this.client.end({ timeout: 0 }).catch(() => {});
    this.#socket?.destroy();
    this.#options.onLost(this, error);
  }

  /** Closes the connection once its statements have ended, after at most `timeout` seconds. */
  async end(timeout: number): Promise<void> {
    await this.client.end({ timeout });
    unwatch(this);
    // A peer that fell silent never closes its end.
    this.#socket?.destroy();
  }

  tick(elapsed: number): void {
    const received = this.#socket?.bytesRead ?? 0;
    if (!this.isWaiting || received !== this.#received) {
      this.#received = received;
      this.#quiet = 0;
      return;
    }
    this.#quiet += elapsed;
    const { silence, isRunning } = this.#options;
    const sending = (this.#socket?.writableLength ?? 0) / LEAST_RATE;
    if (this.#quiet <= silence + sending || this.#isChecking) return;
    if (isRunning) this.#check(isRunning);
    else this.lose(lossError(SILENT));
  }

  async #check(isRunning: (pid: number | null) => Promise<boolean>): Promise<void> {
    this.#isChecking = true;
    const quiet = this.#quiet;
    const waitOn = await isRunning(this.pid);
    this.#isChecking = false;
    if (waitOn) this.#quiet = quiet / 2;
    // Otherwise a response came meanwhile.
    else if (this.#quiet >= quiet) this.lose(lossError(SILENT));
  }

  async #connect(options: SocketOptions): Promise<Socket> {
    const { dialer } = this.#options;
    const attempts = this.#attempts;
    dialer.next(attempts);
    if (attempts.failed >= options.host.length) await after(PAUSE);
    // The driver repeats its attempts for ever, also for what was rejected.
    if (attempts.failed >= MAX_ATTEMPTS) this.lose(lossError("CONNECTION_CLOSED"));
    if (this.isLost) throw lossError("CONNECTION_CLOSED");
    const { socket, secured } = dialer.dial(options, attempts);
    this.#socket = socket;
    let reason = lossError("CONNECTION_CLOSED");
    socket.once("error", (error) => {
      reason = error;
    });
    socket.once("close", () => {
      const wasRefused = socket.bytesRead === 0 && attempts.failed >= options.host.length;
      if (wasRefused && this.#socket === socket) this.lose(reason);
    });
    try {
      this.#socket = await secured;
      return this.#socket;
    } catch (error) {
      if (attempts.failed < options.host.length) return this.#connect(options);
      this.lose(error instanceof Error ? error : reason);
      throw error;
    }
  }

  #run(client: Sql | TransactionSql, text: string, values: Values): Pending {
    const query = client.unsafe(text, values, { prepare: this.#options.isPrepared(text) });
    const isRaw = hasLargeValues(text);
    let areArrays = false;
    if (isRaw || isUndecoded(text)) query.raw();
    this.#pending.add(query);
    // Every further `then` of the driver's own promise costs more than one of a plain promise.
    const result = query.then(
      (rows) => {
        this.#attempts.failed = 0;
        this.#settle(query);
        leaveOutHoles(rows);
        return isRaw ? decodeRows(Object(rows), areArrays) : rows;
      },
      (error: unknown) => {
        if (isLoss(error)) this.lose(error);
        if (isPoolerError(error)) this.#options.onPoolerError();
        this.#settle(query);
        throw error;
      },
    );
    return Object.assign(result, {
      values() {
        if (isRaw) areArrays = true;
        else query.values();
        return result;
      },
    });
  }

  #settle(query: Query): void {
    this.#pending.delete(query);
    if (this.#pending.size === 0 && !this.isInTransaction && !this.isLost) this.#options.onFree(this);
  }

  /** Notes the server process, which behind a pooler is another one for each transaction. */
  #identify(client: Sql | TransactionSql): void {
    this.#run(client, IDENTIFY, []).then(
      ([row]) => {
        this.pid = Number(row?.pid);
      },
      () => {},
    );
  }

  /** After a loss it never settles, so that the driver writes neither commit nor rollback. */
  async #perform(tx: TransactionSql, work: Work): Promise<unknown> {
    const never = new Promise<never>(() => {});
    this.#isDriverWaiting = false;
    try {
      const result = await work(this.#guarded(tx));
      return this.isLost ? never : result;
    } catch (error) {
      if (isLoss(error)) this.lose(error);
      if (this.isLost) return never;
      throw error;
    } finally {
      this.#isDriverWaiting = true;
    }
  }

  /** A transaction that rejects statements after the connection is lost. */
  #guarded(tx: TransactionSql): TransactionSql {
    let isIdentified = !this.#options.isRunning;
    const savepoint = async (work: Work) => {
      this.#isDriverWaiting = true;
      const result = await tx
        .savepoint((inner) => this.#perform(inner, work))
        .finally(() => {
          this.#isDriverWaiting = false;
        });
      return result;
    };
    const unsafe = (text: string, values: Values = []) => {
      if (this.isLost) return rejected();
      // `set transaction` must come before any query.
      if (!isIdentified && !text.startsWith("set transaction")) {
        isIdentified = true;
        this.#identify(tx);
      }
      return this.#run(tx, text, values);
    };
    const overrides = { savepoint, unsafe };
    return new Proxy(tx, {
      get: (target, name) => Reflect.get(name in overrides ? overrides : target, name),
    });
  }
}

/**
 * The driver counts on from the rows of a statement that failed within them, and the next result begins with as many holes:
 * https://github.com/porsager/postgres/issues/1181.
 */
function leaveOutHoles(rows: unknown[]): void {
  if (rows.length > 0 && !(0 in rows))
    rows.splice(
      0,
      rows.findIndex((_, at) => at in rows),
    );
}

function rejected() {
  const pending = Promise.reject(lossError("CONNECTION_CLOSED"));
  return Object.assign(pending, { values: () => pending });
}
