import { expect, test } from "vitest";
import { parseLimit, takeFirst } from "./list-output";

async function* numbers(read: number[]) {
  for (let n = 1; n <= 10; n++) {
    read.push(n);
    yield n;
  }
}

test("parseLimit reads a number, and 0 as no limit", () => {
  expect([parseLimit("50"), parseLimit("0"), parseLimit("000")]).toEqual([50, Infinity, Infinity]);
  for (const text of ["", "-1", "1.5", "x", "1e3", "1234567890"]) {
    expect(() => parseLimit(text)).toThrow(`Invalid --limit "${text}"`);
  }
});

test("takeFirst reads one matching row more than the limit, to know whether there are more", async () => {
  const read: number[] = [];
  expect(await takeFirst(numbers(read), 2, (n) => n % 2 === 0)).toEqual({ rows: [2, 4], more: true });
  expect(read.at(-1)).toBe(6);
  expect(await takeFirst(numbers([]), 10)).toMatchObject({ rows: { length: 10 }, more: false });
  expect(await takeFirst(numbers([]), Number.POSITIVE_INFINITY)).toMatchObject({ more: false });
});
