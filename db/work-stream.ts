/**
 * A stream of the values that some work emits, for example inside a transaction: the work waits for the reader, and fails
 * when the reader cancels.
 */
export function streamOf<T>(work: (emit: (value: T) => Promise<void>) => Promise<void>): ReadableStream<T> {
  const { readable, writable } = new TransformStream<T, T>();
  const writer = writable.getWriter();
  // The reader sees the error, unless it cancelled and so caused it.
  const failed = (error: unknown) => writer.abort(error).then(undefined, () => {});
  work((value) => writer.write(value)).then(() => writer.close(), failed);
  return readable;
}
