/** How many bytes are read, decoded or written without a pause; only larger data and bodies are handled in steps. */
export const STEP = 256 * 1024;

const waiting: (() => void)[] = [];

/**
 * Waits until other requests had their turn. Of all long computations one continues in each turn of the event loop, so
 * that together they delay a request no longer than one step.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(continueOne);
  });
}

function continueOne(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(continueOne);
}

/** A function to call after work on some bytes: it waits until other requests had their turn, after each step of work. */
export function createPauses(): (bytes: number) => Promise<void> {
  let done = 0;
  return async (bytes) => {
    done += bytes;
    if (done <= STEP) return;
    done = 0;
    await nextTurn();
  };
}

/** Counts the work of several generators together, so that many small pieces have pauses as a large one has. */
export class Pace {
  readonly #step: number;
  #done = 0;

  /** @param step how many characters are handled without a pause */
  constructor(step: number) {
    this.#step = step;
  }

  /** Notes that some characters were handled: whether a pause is due. */
  isDue(characters: number): boolean {
    this.#done += characters;
    if (this.#done <= this.#step) return false;
    this.#done = 0;
    return true;
  }
}

/** Runs a long computation in its steps of a few milliseconds each, with other requests in between. */
export async function inSteps<T>(steps: Iterator<void, T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await nextTurn();
  }
}

/** Runs a computation to its end, without a pause. */
export function runToEnd<T>(steps: Iterator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Runs a computation on `size` bytes: in steps where that is large, else at once, which saves a promise. */
export function runBySize<T>(size: number, steps: Iterator<void, T>): T | Promise<T> {
  return size > STEP ? inSteps(steps) : runToEnd(steps);
}

/**
 * Decodes UTF-8 in pieces of `step` bytes, with a byte order mark kept. @throws TypeError for bytes that are not well-formed
 */
export function* decodedInPieces(bytes: Uint8Array, step: number): Generator<void, string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const pieces: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += step) {
    const end = at + step;
    pieces.push(decoder.decode(bytes.subarray(at, end), { stream: end < bytes.byteLength }));
    if (end < bytes.byteLength) yield;
  }
  return pieces.join("");
}
