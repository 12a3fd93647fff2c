import { findings } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { everyPage } from "#test/browser/keyboard-walk";

test("axe finds nothing on any page", async ({ vitrine, key, page }) => {
  test.setTimeout(180_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const [name, path] of await everyPage(vitrine, key)) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    expect.soft(await findings(page), name).toEqual([]);
  }
});

test("nothing is asked of another host, and nothing spills sideways on a phone", async ({
  vitrine,
  key,
  page,
  product,
}) => {
  test.setTimeout(180_000);
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(product.url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  await page.setViewportSize({ width: 390, height: 800 });
  for (const [name, path] of await everyPage(vitrine, key)) {
    await page.goto(path, { waitUntil: "networkidle" });
    const spill = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(spill, `${name} is wider than the screen`).toBe(0);
  }
  expect(foreign).toEqual([]);
});
