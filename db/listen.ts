import { randomBytes } from "node:crypto";
import { setTimeout as after } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { type Address, placeOf } from "./postgres";

/** Where the processes on a database talk to each other. */
export interface Channel {
  /** Says a value to the other processes; lost while there is no connection. As JSON it takes at most 7,900 bytes. */
  send(value: unknown): void;
  /** Waits for what was sent, at most a second, and leaves. */
  close(): Promise<void>;
}

/** What is told of the other processes. */
export interface Ears {
  /** A value that another one said; undefined for what is none of ours. */
  heard(value: unknown): void;
  /** From now on everything is heard; what was said before, here or elsewhere, may have been missed. */
  listening(): void;
  /** There is no listening for some time, and why; told once until it works again. */
  deaf(error: unknown): void;
}

/** The channel of NOTIFY, and what its connection is called in pg_stat_activity. */
const NAME = "vitrine";
const LABEL = "vitrine listening";

/** How long what was sent is waited for at the end. */
const GRACE = 1_000;

/** After how many tries in vain it is told. */
const MANY = 8;

/** Times in milliseconds. */
export interface Times {
  /** How often the channel must hear itself: a path that swallows everything gives no error. */
  probe: number;
  /** How long the database may take to answer. */
  answer: number;
  /** How long until the next try; it doubles from try to try, up to twenty times as long. */
  pause: number;
}

const TIMES: Times = { probe: 10_000, answer: 5_000, pause: 100 };

/**
 * Opens the channel on a connection of its own, which is made again for as long as it takes whenever it is lost.
 * Behind a pooler it hears nothing, finds out by the probe, and tells `listening` after each.
 */
export function openChannel(address: Address, ears: Ears, times: Partial<Times> = {}): Channel {
  const { probe, answer, pause } = { ...TIMES, ...times };
  const self = randomBytes(9).toString("base64url");
  const closing = new AbortController();
  let current: Sql | undefined;
  let sending: Promise<unknown> = Promise.resolve();
  let echo = () => {};
  const running = run();
  return {
    send(value) {
      // What cannot be sent is made up for by `listening`, which follows every loss.
      sending = current ? current.notify(NAME, JSON.stringify({ from: self, value })).then(nothing, nothing) : sending;
    },
    async close() {
      await Promise.race([sending, after(GRACE)]);
      closing.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    for (let failed = 0; !closing.signal.aborted; failed++) {
      const { heard, error } = await session();
      if (heard) failed = 0;
      if (failed === MANY) ears.deaf(error);
      await after(Math.min(pause * 2 ** failed, 20 * pause), undefined, { signal: closing.signal }).catch(nothing);
    }
  }

  /** One connection, from its making to its loss. Whether it ever heard itself, and why it ended. */
  async function session(): Promise<{ heard: boolean; error: unknown }> {
    const ended = new AbortController();
    closing.signal.addEventListener("abort", () => ended.abort(), { once: true, signal: ended.signal });
    const sql = dial(address, hear, () => ended.abort());
    let heard = false;
    try {
      await within(answer, sql.unsafe(`listen ${NAME}`), ended.signal);
      current = sql;
      ears.listening();
      for (;;) {
        const echoed = new Promise<void>((give) => {
          echo = give;
        });
        await within(
          answer,
          Promise.all([sql.notify(NAME, JSON.stringify({ from: self, probe: true })), echoed]),
          ended.signal,
        );
        heard = true;
        await after(probe, undefined, { signal: ended.signal });
      }
    } catch (error) {
      return { heard, error };
    } finally {
      current = undefined;
      ended.abort();
      // The driver is told nothing more, and left behind: a connection that was lost under it does not open again.
      sql.end({ timeout: 0 }).catch(nothing);
    }
  }

  function hear(text: string): void {
    const { from, value, probe } = parsed(text);
    if (from !== self && !probe) ears.heard(value);
    if (from === self && probe) echo();
  }
}

function dial(address: Address, onnotify: (text: string) => void, onclose: () => void): Sql {
  const options = {
    max: 1,
    max_lifetime: null,
    connect_timeout: TIMES.answer / 1000,
    prepare: false,
    fetch_types: false,
    onnotice: nothing,
    onclose,
    // The driver knows it, its types do not: so one connection listens, speaks and is probed.
    onnotify: (_channel: string, text: string) => onnotify(text),
    connection: { application_name: LABEL },
  };
  const place = placeOf(address);
  return typeof place === "string" ? postgres(place, options) : postgres({ ...options, ...place });
}

/** Waits for the database for that time; rejects sooner when the connection ends. */
function within<T>(time: number, work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((give, refuse) => {
    const giveUp = () => refuse(new Error("The database did not answer in time, or closed the connection."));
    const timer = setTimeout(giveUp, time);
    signal.addEventListener("abort", giveUp, { once: true });
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
    };
    work.then(give, refuse).then(done);
    if (signal.aborted) giveUp();
  });
}

/** What was said; nothing of it for a text that is none of ours. */
function parsed(text: string): { from?: string; value?: unknown; probe?: boolean } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function nothing(): void {}
