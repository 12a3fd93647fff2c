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

/** In milliseconds. */
const LIMIT = 200;

/**
 * A quarter of the largest size, with the delay that is allowed for the largest. Other tests run at the same time: where
 * a delay is too long, the shorter one of two rounds counts.
 */
test.each(["table with one large cell", "table in a string", "data URL with percent"])(
  "16 MiB of a hostile shape delay no other request by more than 200 ms: %s",
  async (shape) => {
    const data = SHAPES[shape]?.(SIZE) ?? Buffer.from("1");
    const type = shape.startsWith("data") ? "image" : "table";
    const delays = await shorterOfTwo(() => createAndRead(server, type, data));
    expect(delays.filter(([, delay]) => delay > LIMIT)).toEqual([]);
    expect(delays).toHaveLength(10);
  },
  60_000,
);

async function shorterOfTwo(run: () => Promise<Delays>): Promise<[name: string, delay: number][]> {
  const rounds = [await run()];
  if (Object.values(rounds[0] ?? {}).some((delay) => delay > LIMIT)) rounds.push(await run());
  return Object.keys(rounds[0] ?? {}).map((name) => [name, Math.min(...rounds.map((each) => each[name] ?? 0))]);
}

test.each(Object.keys(INVALID))("nor do texts that are rejected: %s", async (shape) => {
  const data = INVALID[shape]?.(SIZE) ?? Buffer.from("1");
  const delays = await shorterOfTwo(() => createAndRead(server, "table", data));
  expect(delays.map(([name]) => name)).toEqual(["create", "create by REST"]);
  expect(delays.filter(([, delay]) => delay > LIMIT)).toEqual([]);
});
