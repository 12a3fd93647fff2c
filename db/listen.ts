import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import type { Sql } from "postgres";
import { type Address, APPLICATION_NAME, openClient } from "./address";
import { type Attempts, createDialer, type SocketOptions } from "./connection/socket";

/** Messages between the processes that use one database. */
export interface Channel {
  /** Sends a value to the other processes; it is lost while there is no connection. At most 7,900 bytes as JSON. */
  send(value: unknown): void;
  /** Resolves once the database responded, or at once where the channel never worked or is unavailable. Rejects else. */
  probe(): Promise<void>;
  /** Whether messages arrive. */
  isListening(): boolean;
  /** Closes once messages are sent, after at most a second. */
  close(): Promise<void>;
}

export interface ListenHandlers {
  /** A value that another process sent; undefined for a message in an unknown format. */
  onMessage(value: unknown): void;
  /** From now on all messages arrive; earlier ones, sent or received, may be lost. */
  onListening(): void;
  /** Called once, with the last error, after eight attempts in a row have failed. */
  onUnavailable(error: unknown): void;
}

/** The channel of NOTIFY. */
const NAME = "vitrine";

/** How long `close` waits for messages to be sent, in milliseconds. */
const GRACE = 1_000;

const ATTEMPTS = 8;

/** In milliseconds. */
export interface Times {
  /** How often the channel must receive its own message: a broken network path may report no error. */
  probe: number;
  /** How long the database may take to respond. */
  timeout: number;
  /** The pause before the next attempt; it doubles each time, up to twenty times as long. */
  pause: number;
}

/** A path that works again is used again within 10 s. */
const TIMES: Times = { probe: 4_000, timeout: 2_500, pause: 100 };

/**
 * Opens the channel on a connection of its own, and reopens it for as long as it takes whenever it is lost. Through a
 * pooler no message arrives; the probe detects that, and `onListening` follows each reconnection.
 */
export function openChannel(address: Address, handlers: ListenHandlers, times: Partial<Times> = {}): Channel {
  const { probe, timeout, pause } = { ...TIMES, ...times };
  const self = randomBytes(9).toString("base64url");
  const closing = new AbortController();
  const dialer = createDialer();
  const attempts: Attempts = { failed: 0 };
  let current: Sql | undefined;
  let sending: Promise<unknown> = Promise.resolve();
  /** Whether messages are expected to arrive. */
  let isOn = false;
  let sendProbe: (() => Promise<unknown>) | undefined;
  let onEchoes: (() => void)[] = [];
  const running = run();
  return {
    send(value) {
      // `onListening`, which follows every loss, makes up for messages that cannot be sent.
      if (current) sending = current.notify(NAME, JSON.stringify({ from: self, value })).then(ignore, ignore);
    },
    async probe() {
      if (!isOn) return;
      if (!sendProbe) throw new Error("The channel is lost.");
      await sendProbe();
    },
    isListening: () => current !== undefined,
    async close() {
      await Promise.race([sending, after(GRACE)]);
      closing.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    for (let failed = 0; !closing.signal.aborted; failed++) {
      const { worked, error } = await connection();
      if (worked) failed = 0;
      if (failed === ATTEMPTS) {
        isOn = false;
        handlers.onUnavailable(error);
      }
      await after(Math.min(pause * 2 ** failed, 20 * pause), undefined, { signal: closing.signal }).catch(ignore);
    }
  }

  /** Uses one connection until it is lost. */
  async function connection(): Promise<{ worked: boolean; error: unknown }> {
    const ended = new AbortController();
    closing.signal.addEventListener("abort", () => ended.abort(), { once: true, signal: ended.signal });
    let socket: Socket | undefined;
    const createSocket = async (options: SocketOptions) => {
      dialer.next(attempts);
      const dialed = dialer.dial(options, attempts);
      socket = dialed.socket;
      socket = await dialed.secured;
      return socket;
    };
    const sql = open(address, { createSocket, onNotify: receive, onClose: () => ended.abort() });
    let worked = false;
    try {
      await within(timeout, sql.unsafe(`listen ${NAME}`), ended.signal);
      current = sql;
      handlers.onListening();
      sendProbe = () => {
        const echoed = new Promise<void>((resolve) => onEchoes.push(resolve));
        const sent = sql.notify(NAME, JSON.stringify({ from: self, probe: true }));
        return within(timeout, Promise.all([sent, echoed]), ended.signal);
      };
      for (;;) {
        await sendProbe();
        worked = true;
        attempts.failed = 0;
        isOn = true;
        await after(probe, undefined, { signal: ended.signal });
      }
    } catch (error) {
      return { worked, error };
    } finally {
      current = undefined;
      sendProbe = undefined;
      onEchoes = [];
      ended.abort();
      // Not awaited: a client of this driver that lost its connection may never end.
      sql.end({ timeout: 0 }).catch(ignore);
      socket?.destroy();
    }
  }

  function receive(text: string): void {
    const { from, value, probe } = parse(text);
    if (from !== self && !probe) handlers.onMessage(value);
    if (from !== self || !probe) return;
    for (const onEcho of onEchoes) onEcho();
    onEchoes = [];
  }
}

interface Opening {
  createSocket(options: SocketOptions): Promise<Socket>;
  onNotify(text: string): void;
  onClose(): void;
}

function open(address: Address, { createSocket, onNotify, onClose }: Opening): Sql {
  const options = {
    max: 1,
    max_lifetime: null,
    connect_timeout: TIMES.timeout / 1000,
    prepare: false,
    fetch_types: false,
    onnotice: ignore,
    onclose: onClose,
    // Missing in the driver's types. With it one connection listens, sends and is probed.
    onnotify: (_channel: string, text: string) => onNotify(text),
    connection: { application_name: `${APPLICATION_NAME} listening` },
  };
  return openClient(address, options, createSocket);
}

/** Rejects after `time` milliseconds, and at once when the connection ends. */
function within<T>(time: number, work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const giveUp = () => reject(new Error("The database did not respond in time, or closed the connection."));
    const timer = setTimeout(giveUp, time);
    signal.addEventListener("abort", giveUp, { once: true });
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
    };
    work.then(resolve, reject).then(done);
    if (signal.aborted) giveUp();
  });
}

/** An empty object for a message in an unknown format. */
function parse(text: string): { from?: string; value?: unknown; probe?: boolean } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}

function ignore(): void {}
