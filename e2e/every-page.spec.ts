import { axeViolations } from "#test/browser/axe";
import { everyPage } from "#test/browser/every-page";
import { expect, test } from "#test/browser/fixtures";

test("no page has an accessibility violation", async ({ vitrine, key, page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const [name, path] of await everyPage(vitrine, key)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    expect.soft(await axeViolations(page), name).toEqual([]);
  }
});

test("no page requests another host or scrolls sideways on a phone", async ({ vitrine, key, page, product }) => {
  test.setTimeout(180_000);
  const external: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(product.url) && !/^(data|blob):/.test(request.url())) external.push(request.url());
  });
  await page.setViewportSize({ width: 390, height: 800 });
  for (const [name, path] of await everyPage(vitrine, key)) {
    await page.goto(path, { waitUntil: "networkidle" });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(overflow, `${name} is wider than the screen`).toBe(0);
  }
  expect(external).toEqual([]);
});
