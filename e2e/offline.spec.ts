import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "#client/connect";
import { expect, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";
import { ArtifactsPage } from "./pages/artifacts-page";
import { KeyPage } from "./pages/key-page";

test("without its server a page stays, says so, and continues when it is back", async ({ browser, key }) => {
  const data = await mkdtemp(join(tmpdir(), "vitrine-e2e-offline-"));
  let product = await startProduct({ VITRINE_DATA: data });
  const restart = async () => {
    product = await startProduct(product.same);
  };
  const vitrine = connect({ url: product.url });
  for (const end of ["a", "b"])
    await vitrine.artifact.create.mutate({ key: `${key}-${end}`, type: "markdown", data: "# Here" });
  // Not the page of the fixture, which fails on console errors: the browser logs each failed request.
  const page = await browser.newPage({ baseURL: product.url });
  const artifacts = await new ArtifactsPage(page).goto();
  const banner = page.getByText(/^Can't reach the server\. Showing data from \d\d:\d\d\. Retrying…$/);
  const documents: string[] = [];
  page.on("framenavigated", (frame) => documents.push(frame.url()));
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  await artifacts.select(`${key}-a`).check();

  // A filter, and a part of the page whose code is not loaded yet.
  await product.stop();
  await expect(banner).toBeVisible();
  await artifacts.search.fill(`${key}-a`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await expect(artifacts.rows).toHaveCount(2);
  await restart();
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await expect(banner).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(artifacts.rows).toHaveCount(1);
  await expect(artifacts.select(`${key}-a`)).toBeChecked();

  // A row.
  await product.stop();
  await artifacts.row(`${key}-a`).getByRole("link").first().click();
  await expect(banner).toBeVisible();
  await expect(artifacts.rows).toHaveCount(1);
  await restart();
  await new KeyPage(page).shownKey(`${key}-a`);

  // A link, and a browser without a network.
  await page.context().setOffline(true);
  await page.getByRole("link", { name: "Runs" }).click();
  await expect(banner).toBeVisible();
  await expect(page.getByRole("heading", { name: "Here" })).toBeVisible();
  await page.context().setOffline(false);
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await expect(banner).toBeHidden();
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
  expect(documents.filter((url) => !url.startsWith(product.url))).toEqual([]);
  await page.close();
  await product.stop();
  await rm(data, { recursive: true, force: true });
});
