import { expect, test } from "vitest";
import { createProgressBar, formatProgress, withSteps } from "./progress";

function recorded({ isTTY = true, columns = 200 } = {}) {
  const written: string[] = [];
  const write = (text: string | Uint8Array) => written.push(String(text)) > 0;
  return { written, stream: { isTTY, columns, write } };
}

test.each([
  ["an unknown total", [12_480, null, 9], "Reading  12,480"],
  ["the start", [0, 4, 0], `Reading  ${"░".repeat(24)} 0 %  0 of 4`],
  ["half in two seconds", [2, 4, 2], `Reading  ${"█".repeat(12)}${"░".repeat(12)} 50 %  2 of 4`],
  ["half in a minute", [2, 4, 60], `Reading  ${"█".repeat(12)}${"░".repeat(12)} 50 %  2 of 4, 60 s left`],
  ["a quarter in a minute", [1, 4, 60], `Reading  ${"█".repeat(6)}${"░".repeat(18)} 25 %  1 of 4, 3 min left`],
  ["the end", [4, 4, 60], `Reading  ${"█".repeat(24)} 100 %  4 of 4`],
  ["more than the total", [6, 4, 60], `Reading  ${"█".repeat(24)} 100 %  6 of 4`],
  ["nothing to do", [0, 0, 0], `Reading  ${"█".repeat(24)} 100 %  0 of 0`],
] as const)("formatProgress: %s", (_, [done, total, seconds], line) => {
  expect(formatProgress("Reading", done, total, seconds)).toBe(line);
});

test("draws the first update and the last, within the width, and removes the bar", () => {
  const { written, stream } = recorded({ columns: 20 });
  const bar = createProgressBar(stream, "Reading", 1000);
  for (let done = 1; done <= 1000; done++) bar.update(done);
  bar.end();
  expect(written[0]).toBe(`\r\x1b[KReading  ${"░".repeat(10)}`);
  expect(written.at(-2)).toBe(`\r\x1b[KReading  ${"█".repeat(10)}`);
  expect(written.at(-1)).toBe("\r\x1b[K");
  expect(written.length).toBeLessThan(1000);
});

test("learns the total later, and formats amounts", () => {
  const { written, stream } = recorded();
  const bar = createProgressBar(stream, "Sending", null, (amount) => `${amount} B`);
  bar.update(1);
  bar.update(5, 5);
  expect(written).toEqual(["\r\x1b[KSending  1 B", `\r\x1b[KSending  ${"█".repeat(24)} 100 %  5 B of 5 B`]);
});

test("draws nothing where there is no terminal", () => {
  const { written, stream } = recorded({ isTTY: false });
  const bar = createProgressBar(stream, "Reading", 2);
  bar.update(2);
  bar.end();
  expect(written).toEqual([]);
});

test("withSteps shows a bar for each step and removes the last, also after an error", async () => {
  const log: string[] = [];
  const output = {
    progress: (label: string, total: number | null) => ({
      update: (done: number) => log.push(`${label} ${done}/${total}`),
      end: () => log.push(`end ${label}`),
    }),
  };
  const work = withSteps(output, async (update) => {
    update("Reading", 1, 2);
    update("Reading", 2, 2);
    update("Copying", 1, 3);
    throw new Error("broken");
  });
  await expect(work).rejects.toThrow("broken");
  expect(log).toEqual(["Reading 1/2", "Reading 2/2", "end Reading", "Copying 1/3", "end Copying"]);
});
