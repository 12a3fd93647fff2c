import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "#client/connect";
import { expect, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";
import { ArtifactPage } from "./pages/artifact-page";
import { ArtifactsPage } from "./pages/artifacts-page";

/** Well within the 15 s after which a page asks again by itself. */
const SOON = { timeout: 5_000 };

const streaming = (url: string) => url.includes("/changes.watch");

test("what is published, moved and deleted elsewhere shows by itself", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key: `${key}-read`, data: 1 });
  const opened = page.waitForResponse((response) => streaming(response.url()));
  await artifacts.goto();
  expect((await opened).status()).toBe(200);
  await artifacts.live();
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 10 });
  await vitrine.artifact.create.mutate({ key: `${key}-more`, data: 1 });
  // What is read moves only when a person wants it to.
  await expect(artifacts.news).toHaveText("2 new", SOON);
  await expect(artifacts.rows.first()).toContainText(`${key}-read`);
  await artifacts.showNews(2);
  await expect(artifacts.rows.first()).toContainText(`${key}-more`);
  await vitrine.artifact.update.mutate({ id, data: 20 });
  await expect(artifacts.row(key)).toContainText("20 %", SOON);
  await vitrine.artifact.remove.mutate({ id });
  await expect(artifacts.row(key)).toBeHidden(SOON);
  await vitrine.artifact.restore.mutate({ id });

  const version = await new ArtifactPage(page).goto(id);
  for (const data of [40, 70]) {
    await vitrine.artifact.update.mutate({ id, data });
    await expect(version.page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", String(data), SOON);
  }
});

test("a paused page stays as it is, until it goes on", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key: `${key}-read`, data: 1 });
  await artifacts.goto();
  const light = page.getByRole("button", { name: /^Live updates/ });
  await expect(light).toHaveAccessibleName("Live updates on. Pause", SOON);
  const left = page.waitForEvent("requestfailed", (request) => streaming(request.url()));
  await light.click();
  await left;
  await expect(light).toHaveText("Paused");
  await vitrine.artifact.create.mutate({ key, data: 1 });
  const opened = page.waitForResponse((response) => streaming(response.url()));
  await expect(artifacts.news).toHaveCount(0);
  await light.click();
  await opened;
  await artifacts.showNews(1);
});

test("a hidden page holds no stream, and asks again when it is seen", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key: `${key}-read`, data: 1 });
  const opened = page.waitForResponse((response) => streaming(response.url()));
  await artifacts.goto();
  await opened;
  const show = async (state: "hidden" | "visible") =>
    page.evaluate((given) => {
      Object.defineProperty(document, "visibilityState", { value: given, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  const left = page.waitForEvent("requestfailed", (request) => streaming(request.url()));
  await show("hidden");
  await left;
  await vitrine.artifact.create.mutate({ key, data: 1 });
  await show("visible");
  await artifacts.showNews(1);
  await expect(artifacts.row(key)).toBeVisible(SOON);
});

test("a page lives through a restart of its server", async ({ browser, key }) => {
  const data = await mkdtemp(join(tmpdir(), "vitrine-e2e-live-"));
  const first = await startProduct({ VITRINE_DATA: data });
  // A page of its own: while the server is away the browser complains, and may.
  const page = await browser.newPage({ baseURL: first.url });
  const artifacts = await new ArtifactsPage(page).goto();
  await connect({ url: first.url }).artifact.create.mutate({ key, data: 1 });
  await expect(artifacts.row(key)).toBeVisible(SOON);
  await first.stop();
  const again = page.waitForResponse((response) => streaming(response.url()) && response.ok());
  const second = await startProduct({ VITRINE_DATA: data, PORT: new URL(first.url).port });
  await again;
  await connect({ url: second.url }).artifact.create.mutate({ key: `${key}-again`, data: 1 });
  await artifacts.showNews(1);
  await expect(artifacts.row(`${key}-again`)).toBeVisible(SOON);
  await page.close();
  await second.stop();
  await rm(data, { recursive: true, force: true });
});
