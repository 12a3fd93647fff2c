import { afterAll, beforeAll, expect, test } from "vitest";
import { INVALID, SHAPES } from "#test/event-loop/hostile-json";
import { createAndRead, type Delays } from "#test/event-loop/scenario";
import { type MeasuredServer, startMeasuredServer } from "#test/event-loop/server";

const SIZE = 16 * 1024 * 1024;

let server: MeasuredServer;
beforeAll(async () => {
  server = await startMeasuredServer({});
});
afterAll(() => server[Symbol.asyncDispose]());

/**
 * A quarter of the largest size, with the delay that is allowed for the largest, and the shorter delay of two rounds:
 * other tests run at the same time.
 */
test.each(["table with one large cell", "table in a string", "data URL with percent"])(
  "16 MiB of a hostile shape delay no other request by more than 200 ms: %s",
  async (shape) => {
    const data = SHAPES[shape]?.(SIZE) ?? Buffer.from("1");
    const type = shape.startsWith("data") ? "image" : "table";
    const delays = await shorterOfTwo(() => createAndRead(server, type, data));
    expect(delays.filter(([, delay]) => delay > 200)).toEqual([]);
    expect(delays).toHaveLength(10);
  },
  60_000,
);

async function shorterOfTwo(run: () => Promise<Delays>): Promise<[name: string, delay: number][]> {
  const rounds = [await run(), await run()];
  return Object.keys(rounds[0] ?? {}).map((name) => [name, Math.min(...rounds.map((each) => each[name] ?? 0))]);
}

test.each(Object.keys(INVALID))("nor do texts that are rejected: %s", async (shape) => {
  const delays = await createAndRead(server, "table", INVALID[shape]?.(SIZE) ?? Buffer.from("1"));
  expect(Object.keys(delays)).toEqual(["create", "create by REST"]);
  for (const delay of Object.values(delays)) expect(delay).toBeLessThan(200);
});
