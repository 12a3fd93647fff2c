import { VitrineError } from "#contract/error";

/** Emits a value when the reader is ready. @throws VitrineError TIMEOUT when it is not within so many milliseconds */
export type Emit<T> = (value: T, within?: number) => Promise<void>;

/**
 * A stream of the values that some work emits, for example inside a transaction: the work waits for the reader, and fails
 * when the reader cancels.
 */
export function streamOf<T>(work: (emit: Emit<T>) => Promise<void>): ReadableStream<T> {
  const { readable, writable } = new TransformStream<T, T>();
  const writer = writable.getWriter();
  // The reader sees the error, unless it cancelled and so caused it.
  const failed = (error: unknown) => writer.abort(error).then(undefined, () => {});
  const emit: Emit<T> = (value, within) => {
    const written = writer.write(value);
    return within === undefined ? written : inTime(written, within);
  };
  work(emit).then(() => writer.close(), failed);
  return readable;
}

function inTime(written: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new VitrineError("TIMEOUT", "The response was read too slowly; ask for fewer rows."));
    const timer = setTimeout(late, Math.max(milliseconds, 0));
    written.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
