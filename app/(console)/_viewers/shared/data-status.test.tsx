import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DataError, DataLoading, ShapeMismatch } from "./data-status";

describe("ShapeMismatch", () => {
  it.each([
    ["markdown", "JSON", "This isn&#x27;t valid markdown, so it&#x27;s shown as JSON."],
    ["table", "text", "This isn&#x27;t valid table data, so it&#x27;s shown as text."],
    ["progress", "JSON", "This isn&#x27;t valid progress data, so it&#x27;s shown as JSON."],
  ] as const)("explains why %s is shown as %s", (type, shownAs, text) => {
    expect(renderToStaticMarkup(<ShapeMismatch type={type} shownAs={shownAs} />)).toContain(text);
  });

  it.each(["json", "number", null, "constructor", ""])("says nothing for type %j, which any data fits", (type) => {
    expect(renderToStaticMarkup(<ShapeMismatch type={type} shownAs="JSON" />)).toBe("");
  });
});

it("names the size while data loads, and offers to retry when it could not", () => {
  expect(renderToStaticMarkup(<DataLoading size={4_096_000} />)).toContain("Loading 4.1 MB…");
  const loading = (loaded: number, problem: string | null) =>
    renderToStaticMarkup(<DataLoading size={60_000_000} progress={{ loaded, problem }} />);
  expect(loading(30_000_000, null)).toContain("Loading 30 of 60 MB…");
  expect(loading(0, "The query took too long.")).toContain("The query took too long. Trying again…");
  expect(renderToStaticMarkup(<DataError problem="It is gone." onRetry={() => {}} />)).toContain("loaded. It is gone.");
  expect(renderToStaticMarkup(<DataError onRetry={() => {}} />)).toMatch(/could not be loaded.*Retry/);
});
