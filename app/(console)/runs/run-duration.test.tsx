import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { RenderTime } from "#app/_ui/age";
import { formatDuration, RunDuration } from "./run-duration";

const START = "2026-11-23T00:00:00Z";

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

describe("the duration of a run", () => {
  const state = (type: "RUNNING" | "COMPLETED" | "PAUSED") => ({ type, name: type, message: null, timestamp: START });
  const html = (run: Parameters<typeof RunDuration>[0]["run"]) =>
    renderToStaticMarkup(
      <RenderTime at={Date.parse("2026-11-23T02:30:00Z")}>
        <RunDuration run={run} />
      </RenderTime>,
    );

  it("is the time between start and end", () => {
    expect(html({ state: state("COMPLETED"), startTime: START, endTime: "2026-11-23T00:01:05Z" })).toBe("1 min 5 s");
  });

  it("is the time since the start while it is running", () => {
    expect(html({ state: state("RUNNING"), startTime: START, endTime: null })).toBe("Running for 2 h");
  });

  it("is empty where the run has not started, or neither runs nor ended", () => {
    expect(html({ state: state("RUNNING"), startTime: null, endTime: null })).toBe("");
    expect(html({ state: state("PAUSED"), startTime: START, endTime: null })).toBe("");
    expect(html({ state: null, startTime: START, endTime: null })).toBe("");
  });
});
