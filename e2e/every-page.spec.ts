import { axeViolations } from "#test/browser/axe";
import { everyPage, VARIANTS } from "#test/browser/every-page";
import { expect, test } from "#test/browser/fixtures";

/** The long tests go through the other pages. */
const FORMS = [
  { form: "", tag: [], isLong: false },
  { form: " (the others)", tag: "@long", isLong: true },
];

const soft = expect.configure({ soft: true });

/** The tests of comparisons and settings audit these as well. */
const AUDITED_ELSEWHERE = ["compare", "API keys", "protected labels", "audit log"];

for (const { form, tag, isLong } of FORMS) {
  test(`no page has an accessibility violation, or on a phone scrolls sideways or has a target below 24 px${form}`, {
    tag,
  }, async ({ vitrine, key, page, product }) => {
    test.setTimeout(isLong ? 600_000 : 300_000);
    const external: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(product.url) && !/^(data|blob):/.test(request.url())) external.push(request.url());
    });
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const [name, path] of await everyPage(vitrine, key)) {
      const isAudited = [...VARIANTS, ...AUDITED_ELSEWHERE].includes(name) === isLong;
      const isMeasured = VARIANTS.includes(name) === isLong;
      if (!isAudited && !isMeasured) continue;
      await page.setViewportSize({ width: 1280, height: 800 });
      // An audit takes longer than what a page loads at last.
      await page.goto(path, { waitUntil: isAudited ? "load" : "networkidle" });
      await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
      if (isAudited) {
        expect.soft(await axeViolations(page), name).toEqual([]);
        const panes = page.locator("#facts, [data-scrolls]");
        const wide = await panes.evaluateAll((all) => all.filter((pane) => pane.scrollWidth > pane.clientWidth).length);
        expect.soft(wide, `panes of ${name} that scroll sideways`).toBe(0);
      }
      if (!isMeasured) continue;
      await page.setViewportSize({ width: 390, height: 800 });
      await soft.poll(() => page.evaluate(overflow), { message: `${name} is wider than the screen` }).toBe(0);
      expect.soft(await page.evaluate(smallTargets), name).toEqual([]);
    }
    expect(external, "requests to another host").toEqual([]);
  });
}

/** By how much the page is wider than the screen once it is drawn. Runs in the browser. */
async function overflow(): Promise<number> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

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
