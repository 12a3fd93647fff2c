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
  /** Called once the body is about to be received. */
  onStart?: (() => void) | undefined;
  pace?: Pace;
}

/**
 * Receives a body into one buffer, and waits for its turn where it is large.
 * @throws VitrineError as `receive`, and SERVICE_UNAVAILABLE beyond the budget
 */
export async function collect(stream: Readable, limits: BodyLimits, share: Share): Promise<Uint8Array> {
  const { limit } = limits;
  const declared = declaredLength(limits);
  // What was announced but did not come takes no memory; only large bodies are refused before they are received.
  const taken = declared > MAX_BODY_OVERHEAD ? declared : 0;
  share.take(taken);
  let body: Uint8Array = new Uint8Array(0);
  const size = await receive(stream, limits, (chunk, from) => {
    const until = from + chunk.byteLength;
    if (until > taken) share.take(until - Math.max(taken, from));
    // A small body comes as one chunk, which is not copied.
    if (from === 0 && until === declared) body = chunk;
    else body = append(body, from, chunk, declared, limit);
  });
  if (size > MAX_BODY_OVERHEAD) await share.turn();
  return body.subarray(0, size);
}

/**
 * Receives a body in chunks, of which nothing is kept.
 * @param onChunk gets each with the number of bytes before it; nothing more is received before its promise is resolved
 * @returns how many bytes came
 * @throws VitrineError PAYLOAD_TOO_LARGE above the limit, by the Content-Length before anything is read; SlowBodyError;
 * BAD_REQUEST where the connection closes
 */
export function receive(
  stream: Readable,
  limits: BodyLimits,
  onChunk: (chunk: Uint8Array, from: number) => void | Promise<void> = () => {},
): Promise<number> {
  const { limit, onStart, pace = PACE } = limits;
  return new Promise((resolve, reject) => {
    declaredLength(limits);
    const since = performance.now();
    let last = since;
    let size = 0;
    // Time that the sender waits for this process does not count.
    let paused = 0;
    let isPaused = false;
    let isEnded = false;

    const onData = (chunk: Uint8Array) => {
      const from = size;
      size += chunk.byteLength;
      last = performance.now();
      try {
        if (size > limit) throw tooLarge(limit);
        const work = onChunk(chunk, from);
        if (work) pauseWhile(work);
      } catch (error) {
        fail(error);
      }
    };
    const pauseWhile = (work: Promise<void>) => {
      const before = performance.now();
      isPaused = true;
      stream.pause();
      work.then(() => {
        isPaused = false;
        last = performance.now();
        paused += last - before;
        if (isEnded) onEnd();
        else stream.resume();
      }, fail);
    };
    const check = () => {
      if (isPaused) return;
      const now = performance.now() - paused;
      if (now + paused - last > pace.idle) fail(new SlowBodyError(`nothing came for ${pace.idle / 1000} s`));
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
      isEnded = true;
      if (isPaused) return;
      stop();
      resolve(size);
    };
    const onClose = () => {
      // A stream that has ended is closed too, while its last chunk is being worked on.
      if (isEnded) return;
      stop();
      reject(new VitrineError("BAD_REQUEST", "The connection was closed before the whole body had arrived."));
    };
    if (stream.destroyed) return onClose();
    onStart?.();
    stream.on("data", onData).on("end", onEnd).on("error", onClose).on("close", onClose);
  });
}

/** The length by the headers, 0 where they have none. @throws VitrineError PAYLOAD_TOO_LARGE */
function declaredLength({ length, limit }: BodyLimits): number {
  const declared = length ? Number(length) : 0;
  if (declared > limit) throw tooLarge(limit);
  return declared;
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
