/**
 * What some work tells while it goes on, to be read one at a time: the work waits for the reader, and fails when the
 * reader goes away.
 */
export function handOver<T>(work: (tell: (value: T) => Promise<void>) => Promise<void>): ReadableStream<T> {
  const { readable, writable } = new TransformStream<T, T>();
  const writer = writable.getWriter();
  // Whoever reads sees the failure; a reader who went away made it.
  const failed = (error: unknown) => writer.abort(error).then(undefined, () => {});
  work((value) => writer.write(value)).then(() => writer.close(), failed);
  return readable;
}
