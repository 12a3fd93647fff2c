import { type BlobStore, BlobStoreError } from "./store";

/**
 * Reads a store that is to begin, and to go on, within so many milliseconds each time: a stream that does not is cancelled, and
 * ends with a `BlobStoreError` "unavailable". A store that hangs for ever keeps nobody.
 * @param signal ends what is being read, with its reason
 */
export function steadyStore(
  store: Pick<BlobStore, "get">,
  milliseconds: number,
  signal?: AbortSignal,
): Pick<BlobStore, "get"> {
  return {
    async get(name, range) {
      const opening = store.get(name, range);
      const close = async () => (await opening).cancel();
      const reader = (await inTime(opening, { milliseconds, signal, close })).getReader();
      const cancel = () => reader.cancel();
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            const { value } = await inTime(reader.read(), { milliseconds, signal, close: cancel });
            if (value) controller.enqueue(value);
            else controller.close();
          },
          cancel,
        },
        { highWaterMark: 0 },
      );
    },
  };
}

interface Limits {
  milliseconds: number;
  signal: AbortSignal | undefined;
  /** Called where the work is given up; nobody waits for it. */
  close: () => Promise<void>;
}

function inTime<Result>(work: Promise<Result>, { milliseconds, signal, close }: Limits): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = (error: unknown) => {
      reject(error);
      close().catch(() => {});
    };
    const seconds = milliseconds / 1000;
    const timer = setTimeout(
      () => giveUp(new BlobStoreError("unavailable", `The blob store did not respond within ${seconds} s.`)),
      milliseconds,
    );
    const abort = () => giveUp(signal?.reason);
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    });
  });
}
