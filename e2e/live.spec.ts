import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "#client/connect";
import { expect, test } from "./fixtures";
import { ArtifactPage } from "./pages/artifact-page";
import { ArtifactsPage } from "./pages/artifacts-page";
import { startProduct } from "./product";

/** Well within the 15 s after which a page asks again by itself. */
const SOON = { timeout: 5_000 };

const streaming = (url: string) => url.includes("/changes.watch");

test("what is published, moved and deleted elsewhere shows by itself", async ({ vitrine, artifacts, key, page }) => {
  const opened = page.waitForResponse((response) => streaming(response.url()));
  await artifacts.goto();
  expect((await opened).status()).toBe(200);
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 10 });
  await expect(artifacts.row(key)).toBeVisible(SOON);
  await vitrine.artifact.remove.mutate({ id });
  await expect(artifacts.row(key)).toBeHidden(SOON);
  await vitrine.artifact.restore.mutate({ id });

  const version = await new ArtifactPage(page).goto(id);
  for (const data of [40, 70]) {
    await vitrine.artifact.update.mutate({ id, data });
    await expect(version.page.getByRole("progressbar")).toHaveAttribute("aria-valuenow", String(data), SOON);
  }
});

test("a hidden page holds no stream, and asks again when it is seen", async ({ vitrine, artifacts, key, page }) => {
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
  await expect(artifacts.row(`${key}-again`)).toBeVisible(SOON);
  await page.close();
  await second.stop();
  await rm(data, { recursive: true, force: true });
});
