import { everyPage } from "#test/browser/every-page";
import { expect, test } from "#test/browser/fixtures";

test("every target on a phone is at least 24 px wide and high", async ({ vitrine, key, page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 390, height: 800 });
  for (const [name, path] of await everyPage(vitrine, key)) {
    await page.goto(path, { waitUntil: "networkidle" });
    expect.soft(await page.evaluate(smallTargets), name).toEqual([]);
  }
});

/** The targets of the page below 24 px, except links in the sentences of a document. Runs in the browser. */
function smallTargets(): string[] {
  const MIN = 24;
  const isClipped = (element: Element | null): boolean =>
    element !== null && (getComputedStyle(element).clipPath !== "none" || isClipped(element.parentElement));
  /** The box of an element with that of its label, and what its link covers by a pseudo-element. */
  const sizeOf = (element: Element) => {
    const boxes = [element, element.closest("label")].map((each) => each?.getBoundingClientRect());
    const covers = ["::before", "::after"]
      .map((pseudo) => getComputedStyle(element, pseudo))
      .filter(({ content, position }) => content !== "none" && position === "absolute")
      .map(({ width, height }) => ({ width: Number.parseFloat(width), height: Number.parseFloat(height) }));
    const all = [...boxes, ...covers].filter((box) => box !== undefined);
    return {
      width: Math.max(...all.map(({ width }) => width)),
      height: Math.max(...all.map(({ height }) => height)),
    };
  };
  const targets = document.querySelectorAll("a[href], button, input, select, textarea, summary, [role=tab]");
  return [...targets].flatMap((element) => {
    if (!element.checkVisibility({ visibilityProperty: true }) || isClipped(element)) return [];
    if (element.matches(".prose :is(a, input:disabled)")) return [];
    const { width, height } = sizeOf(element);
    if (Math.min(width, height) >= MIN - 0.5) return [];
    const label = element.getAttribute("aria-label") ?? element.textContent ?? "";
    return [`${width} x ${height} px: ${element.tagName} ${label.trim().slice(0, 60)}`];
  });
}
