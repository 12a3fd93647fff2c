import { expect, test } from "#test/browser/fixtures";
import { longestBlock, watchMainThread } from "#test/browser/main-thread";
import { publishText } from "#test/browser/publish-text";
import { ComparePage } from "./pages/compare-page";

/** On a quiet machine no block reaches a quarter of a second; a loaded one may stand still by itself for longer. */
const MOST = 3000;

// A trace copies the page at every step, which holds up a large one.
test.use({ trace: "off" });

test.beforeEach(({ page }) => watchMainThread(page));

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

for (const [name, type, of, says] of [
  ["tables of 100,000 rows", "table", table, "cells changed"],
  ["texts of a megabyte", "markdown", text, "lines changed"],
  ["JSON of ten megabytes", "json", json, "values changed"],
] as const) {
  test(`${name} are compared away from the page`, async ({ page, key, request }) => {
    await publishText(request, { key, type, text: of(1_000_000) });
    const id = await publishText(request, { key, type, text: of(97) });
    const compare = await new ComparePage(page).goto(id);
    await expect(compare.summary).toContainText(says, { timeout: 30_000 });
    for (let turn = 0; turn < 3; turn++) await page.keyboard.press("n");
    await expect(page.locator(":focus")).toHaveAttribute("data-change", "");
    const block = await longestBlock(page);
    test.info().annotations.push({ type: "longest block", description: `${name}: ${block} ms` });
    console.log(`  longest block, comparing ${name}: ${block} ms`);
    expect(block).toBeLessThan(MOST);
  });
}
