import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { openPlain } from "./compression";
import { steadyStore } from "./steady-store";

const SHA256 = "ab".repeat(32);

/** A store whose stream has these bytes, and then nothing for ever; and whether that was cancelled. */
function stalling(bytes: Uint8Array) {
  const state = { isCancelled: false };
  const get = async () =>
    new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes),
      cancel() {
        state.isCancelled = true;
      },
    });
  return { get, state };
}

async function readAll(stream: ReadableStream<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of stream) size += chunk.byteLength;
  return size;
}

const unavailable = { name: "BlobStoreError", reason: "unavailable" };

it("gives up what does not begin", async () => {
  const store = steadyStore({ get: () => new Promise(() => {}) }, 20);
  await expect(store.get(SHA256)).rejects.toMatchObject(unavailable);
});

it.each(["none", "gzip"] as const)("gives up and cancels what does not go on: codec %s", async (codec) => {
  const { get, state } = stalling(codec === "gzip" ? gzipSync("x".repeat(200)).subarray(0, 20) : Buffer.from("x"));
  const stream = await openPlain(steadyStore({ get }, 20), { sha256: SHA256, size: 200, codec });
  await expect(readAll(stream)).rejects.toMatchObject(unavailable);
  expect(state.isCancelled).toBe(true);
});

it("ends with the reason of a signal", async () => {
  const stop = new AbortController();
  const { get, state } = stalling(Buffer.from("x"));
  const reading = readAll(await steadyStore({ get }, 60_000, stop.signal).get(SHA256));
  stop.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
  expect(state.isCancelled).toBe(true);
});
