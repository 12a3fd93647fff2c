import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { STATE_TYPES } from "#contract/state";
import { RunState, stateLabel } from "./run-state";

it.each(STATE_TYPES)("has a label and an icon for %s", (type) => {
  const state = { type, name: stateLabel(type), message: null, timestamp: "2026-11-23T03:45:00Z" };
  const html = renderToStaticMarkup(<RunState state={state} />);
  expect(html).toContain("<svg");
  expect(html).toContain(`>${type.charAt(0)}${type.slice(1).toLowerCase()}<`);
});

it("has the custom name of a state, and its message as the title", () => {
  const state = {
    type: "RUNNING",
    name: "Retrying",
    message: "Second attempt",
    timestamp: "2026-11-23T03:45:00Z",
  } as const;
  const html = renderToStaticMarkup(<RunState state={state} />);
  expect(html).toContain(">Retrying<");
  expect(html).toContain('title="Second attempt"');
});

it("is empty where no state was reported", () => {
  expect(renderToStaticMarkup(<RunState state={null} />)).toBe("");
});
