import { afterAll, beforeAll, expect, test } from "vitest";
import { SHAPES } from "#test/event-loop/hostile-json";
import { createAndRead, type Delays } from "#test/event-loop/scenario";
import { type MeasuredServer, startMeasuredServer } from "#test/event-loop/server";

const SIZE = 64 * 1024 * 1024 - 4096;
const ROUNDS = 5;

let server: MeasuredServer;
beforeAll(async () => {
  server = await startMeasuredServer({});
});
afterAll(() => server[Symbol.asyncDispose]());

/** On a machine that does nothing else. */
test.each(Object.keys(SHAPES))(
  "64 MiB delay no other request by more than 200 ms, in the median of five: %s",
  async (shape) => {
    const data = SHAPES[shape]?.(SIZE) ?? Buffer.from("1");
    const type = shape.startsWith("data URL")
      ? "image"
      : /string|markdown|characters/.test(shape)
        ? "markdown"
        : "table";
    const rounds: Delays[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(await createAndRead(server, type, data));
    const medianOf = (name: string) =>
      Math.round(rounds.map((delays) => delays[name] ?? 0).sort((a, b) => a - b)[ROUNDS >> 1] ?? 0);
    const medians = Object.keys(rounds[0] ?? {}).map((name) => [name, medianOf(name)] as const);
    expect(medians.filter(([, delay]) => delay > 200)).toEqual([]);
  },
  300_000,
);
