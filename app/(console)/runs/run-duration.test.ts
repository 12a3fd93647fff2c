import { expect, it } from "vitest";
import { formatDuration } from "./run-duration";

it.each([
  [0, "0 ms"],
  [820, "820 ms"],
  [999, "999 ms"],
  [1_000, "1 s"],
  [4_200, "4 s"],
  [59_600, "1 min"],
  [65_000, "1 min 5 s"],
  [7_200_000, "2 h"],
  [7_260_000, "2 h 1 min"],
  [7_205_000, "2 h"],
  [90_061_000, "1 d 1 h"],
  [400 * 86_400_000, "400 d"],
  [-5, "0 ms"],
])("formats %i ms as %s", (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it("formats as many units as requested", () => {
  const milliseconds = ((25 * 60 + 1) * 60 + 1) * 1000;
  expect(formatDuration(milliseconds, 1)).toBe("1 d");
  expect(formatDuration(milliseconds, 3)).toBe("1 d 1 h 1 min");
  expect(formatDuration(milliseconds, 4)).toBe("1 d 1 h 1 min 1 s");
});
