import { expect, it } from "vitest";
import { durationOf } from "./duration";

const START = Date.parse("2026-11-23T00:00:00Z");

it.each([
  [0, "0 ms"],
  [820, "820 ms"],
  [4_200, "4 s"],
  [65_000, "1 min 5 s"],
  [7_200_000, "2 h"],
  [7_260_000, "2 h 1 min"],
  [90_061_000, "1 d 1 h"],
  [-5, "0 ms"],
])("%i ms: %s", (milliseconds, text) => {
  expect(durationOf(new Date(START).toISOString(), new Date(START + milliseconds).toISOString())).toBe(text);
});
