import { expect, it } from "vitest";
import { durationText } from "./media-file";

it.each([
  [0.4, "0:00"],
  [7.2, "0:07"],
  [59.6, "1:00"],
  [3723, "1:02:03"],
  [Number.POSITIVE_INFINITY, "Unknown duration"],
])("%f s is %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});
