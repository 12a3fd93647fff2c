import type { Readable } from "node:stream";
import { VitrineError } from "#contract/error";
import { MAX_BODY_OVERHEAD } from "#contract/limits";
import type { Share } from "./body-budget";

/** How slowly a body may arrive. Times are in milliseconds. */
export interface Pace {
  /** Bytes a second, on average once `idle` has passed. */
  least: number;
  /** The longest time without a byte. */
  idle: number;
}

export const PACE: Pace = { least: 16_000, idle: 30_000 };

/** How often a body is checked, at least once in so many parts of the time that it may be idle. */
const CHECKS = 30;

/** A body that arrived too slowly, which has the status 408 in every API. */
export class SlowBodyError extends VitrineError {
  constructor(rule: string) {
    super("TIMEOUT", `The body arrives too slowly; ${rule}.`);
  }
}

export interface BodyLimits {
  /** The value of Content-Length. */
  length: string | null | undefined;
  /** The most bytes. */
  limit: number;
  share: Share;
  /** Called once the body is about to be received. */
  onStart?: (() => void) | undefined;
  pace?: Pace;
}

/**
 * Receives a body into one buffer, and waits for its turn where it is large.
 * @throws VitrineError PAYLOAD_TOO_LARGE above the limit and SERVICE_UNAVAILABLE beyond the budget, by the
 * Content-Length before anything is read; SlowBodyError; BAD_REQUEST where the connection closes
 */
export function collect(
  stream: Readable,
  { length, limit, share, onStart, pace = PACE }: BodyLimits,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const declared = length ? Number(length) : 0;
    if (declared > limit) throw tooLarge(limit);
    // What was announced but did not come takes no memory; only large bodies are refused before they are received.
    const taken = declared > MAX_BODY_OVERHEAD ? declared : 0;
    share.take(taken, limit);
    const since = performance.now();
    let last = since;
    let body: Uint8Array = new Uint8Array(0);
    let size = 0;

    const onData = (chunk: Uint8Array) => {
      const from = size;
      size += chunk.byteLength;
      last = performance.now();
      try {
        if (size > limit) throw tooLarge(limit);
        if (size > taken) share.take(size - Math.max(taken, from), limit);
      } catch (error) {
        return fail(error);
      }
      // A small body comes as one chunk, which is not copied.
      if (from === 0 && size === declared) body = chunk;
      else body = append(body, from, chunk, declared, limit);
    };
    const check = () => {
      const now = performance.now();
      if (now - last > pace.idle) fail(new SlowBodyError(`nothing came for ${pace.idle / 1000} s`));
      else if (size < (pace.least * (now - since - pace.idle)) / 1000) {
        fail(new SlowBodyError(`send at least ${pace.least / 1000} kB a second`));
      }
    };
    const timer = setInterval(check, Math.min(1_000, pace.idle / CHECKS));
    const stop = () => {
      clearInterval(timer);
      stream.off("data", onData).off("end", onEnd).off("error", onClose).off("close", onClose);
    };
    const fail = (error: unknown) => {
      stop();
      stream.pause();
      reject(error);
    };
    const onEnd = () => {
      stop();
      const whole = body.subarray(0, size);
      if (size <= MAX_BODY_OVERHEAD) resolve(whole);
      else share.turn().then(() => resolve(whole), reject);
    };
    const onClose = () => {
      stop();
      reject(new VitrineError("BAD_REQUEST", "The connection was closed before the whole body had arrived."));
    };
    if (stream.destroyed) return onClose();
    onStart?.();
    stream.on("data", onData).on("end", onEnd).on("error", onClose).on("close", onClose);
  });
}

function tooLarge(limit: number): VitrineError {
  return new VitrineError("PAYLOAD_TOO_LARGE", `Send a body of at most ${limit} bytes.`);
}

/** Memory of a buffer that nothing was written to yet costs nothing, so it is allocated as large as the body will be. */
function append(body: Uint8Array, from: number, chunk: Uint8Array, declared: number, limit: number): Uint8Array {
  const size = from + chunk.byteLength;
  let target = body;
  if (size > body.byteLength) {
    target = Buffer.allocUnsafeSlow(Math.max(size, declared, Math.min(limit, 2 * body.byteLength)));
    target.set(body.subarray(0, from));
  }
  target.set(chunk, from);
  return target;
}
