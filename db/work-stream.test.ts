import { expect, test } from "vitest";
import { type Emit, streamOf } from "./work-stream";

test("work waits for the reader, and fails when it cancels", async () => {
  const emitted: number[] = [];
  let failed: Promise<unknown> = Promise.resolve();
  const emitAll = async (emit: Emit<number>) => {
    for (let n = 1; n <= 3; n++) {
      await emit(n);
      emitted.push(n);
    }
  };
  const stream = streamOf<number>((emit) => {
    const work = emitAll(emit);
    failed = work.catch((error: unknown) => error);
    return work;
  });
  const reader = stream.getReader();
  expect(await reader.read()).toEqual({ done: false, value: 1 });
  await reader.cancel("no more");
  expect(await failed).toBe("no more");
  expect(emitted).toEqual([1]);
});

test("work fails when the reader does not read in time, and the reader sees the error then", async () => {
  let failed: Promise<unknown> = Promise.resolve();
  const stream = streamOf<number>((emit) => {
    const work = emit(1, 10_000).then(() => emit(2, 20));
    failed = work.catch((error: unknown) => error);
    return work;
  });
  const reader = stream.getReader();
  expect(await reader.read()).toEqual({ done: false, value: 1 });
  expect(await failed).toMatchObject({ code: "TIMEOUT" });
  await expect(reader.read()).rejects.toMatchObject({ code: "TIMEOUT" });
});
