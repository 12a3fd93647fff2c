import { expect, test } from "#test/browser/fixtures";
import { MainThread } from "#test/browser/main-thread";
import { publishText } from "#test/browser/publish-text";
import { ComparePage } from "./pages/compare-page";

// A trace copies the page at every step, which blocks a large one.
test.use({ trace: "off" });

const table = (changed: number) =>
  `[${Array.from(
    { length: 100_000 },
    (_, at) => `{"id":"row ${at}","a":${at},"b":${at % changed === 0 ? -at : at},"c":"name ${at % 977}","d":${at / 8}}`,
  ).join()}]`;

const text = (changed: number) =>
  JSON.stringify(
    Array.from(
      { length: 16_000 },
      (_, at) => `Line ${at} of a text that is long ${at % changed === 0 ? "now" : "as ever"}.`,
    )
      .join("\n")
      .concat("\nEnd"),
  );

const json = (changed: number) =>
  `{"items":[${Array.from(
    { length: 110_000 },
    (_, at) =>
      `{"id":${at},"name":"item ${at}","share":${at % changed === 0 ? 0.5 : 1},"tags":["a","b"],"at":{"x":${at},"y":1}}`,
  ).join()}]}`;

for (const [name, type, of, summary, measured] of [
  ["tables of 100,000 rows", "table", table, "cells changed", 65],
  ["texts of a megabyte", "markdown", text, "lines changed", 180],
  ["JSON of ten megabytes", "json", json, "values changed", 100],
] as const) {
  const tag = type === "json" ? "@long" : [];
  test(`comparing ${name} does not block the page`, { tag }, async ({ page, key, request }) => {
    test.setTimeout(180_000);
    const mainThread = await MainThread.observe(page);
    await publishText(request, { key, type, text: of(1_000_000) });
    const id = await publishText(request, { key, type, text: of(97) });
    for (const _ of mainThread.visits()) {
      const compare = await new ComparePage(page).goto(id);
      await expect(compare.summary).toContainText(summary, { timeout: 30_000 });
      for (let jump = 0; jump < 3; jump++) await page.keyboard.press("n");
      await expect(page.locator(":focus")).toHaveAttribute("data-change", "");
      await mainThread.record(name, measured);
    }
    mainThread.expectResponsive();
  });
}
