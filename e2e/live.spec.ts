import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "#client/connect";
import { expect, OWN_CONTEXT, test } from "#test/browser/fixtures";
import { startProduct } from "#test/browser/product";
import { ArtifactPage } from "./pages/artifact-page";
import { ArtifactsPage } from "./pages/artifacts-page";

/** Well below the 15 s after which a page refetches without a message. */
const SOON = { timeout: 10_000 };

const streaming = (url: string) => url.includes("/changes.watch");

test("shows what is published, updated and deleted elsewhere", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key: `${key}-read`, data: 1 });
  const opened = page.waitForResponse((response) => streaming(response.url()));
  await artifacts.goto();
  expect((await opened).status()).toBe(200);
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 10 });
  await vitrine.artifact.create.mutate({ key: `${key}-more`, data: 1 });
  // Rows do not move until the user asks for the new ones.
  await expect(artifacts.newRows).toHaveText("2 new", SOON);
  await expect(artifacts.rows.first()).toContainText(`${key}-read`);
  await artifacts.showNewRows(2);
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

test("no page fetches again what was just rendered", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: key });
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-run` });
  await vitrine.artifact.create.mutate({ key, data: 1, flowRunId: run.id });
  await vitrine.collection.markRead.mutate({ key, version: 1 });
  const live = page.getByRole("button", { name: "Live updates on. Pause" });
  await page.goto("/artifacts", { waitUntil: "networkidle" });
  await expect(live).toBeVisible(SOON);
  // Messages about the writes before it have passed then.
  await vitrine.artifact.create.mutate({ key: `${key}-last`, data: 1 });
  await expect(page.getByRole("button", { name: /^[1-9]\d* new$/ })).toBeVisible(SOON);
  // This page fetches the marks of its new row still, which the next one must not be blamed for.
  await page.goto("about:blank");
  const fetched: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/trpc/")) fetched.push(...pathname.slice("/api/trpc/".length).split(","));
  });
  const again: string[] = [];
  for (const path of ["/artifacts", `/artifacts/key/${key}`, "/runs", `/runs/flow-run/${run.id}`, "/trash"]) {
    await page.goto(path, { waitUntil: "networkidle" });
    await expect(live).toBeVisible(SOON);
    again.push(...fetched.splice(0).map((procedure) => `${procedure} by ${path}`));
  }
  // What filters offer is fetched after the page; the streams are watched.
  expect(again.filter((each) => !/^(collection\.facets|changes\.watch) /.test(each))).toEqual([]);
  expect(again.filter((each) => each.startsWith("changes.watch"))).toHaveLength(5);
});

test("while changes arrive a page polls its rows, but not their trends", { tag: OWN_CONTEXT }, async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  for (const data of [1, 2]) await vitrine.artifact.create.mutate({ key, data });
  await page.clock.install();
  await artifacts.goto(`?key=${key}`);
  await expect(page.getByRole("button", { name: "Live updates on. Pause" })).toBeVisible(SOON);
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  for (let interval = 0; interval < 2; interval++) {
    const polled = page.waitForResponse((response) => response.url().includes("collection.page"));
    await page.clock.fastForward(16_000);
    await polled;
  }
  expect(fetched.filter((path) => path.includes("collection.trends"))).toEqual([]);
});

test("a paused page does not change until it resumes", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key: `${key}-read`, data: 1 });
  await artifacts.goto();
  const indicator = page.getByRole("button", { name: /^Live updates/ });
  await expect(indicator).toHaveAccessibleName("Live updates on. Pause", SOON);
  const closed = page.waitForEvent("requestfailed", (request) => streaming(request.url()));
  await indicator.click();
  await closed;
  await expect(indicator).toHaveText("Paused");
  await vitrine.artifact.create.mutate({ key, data: 1 });
  const opened = page.waitForResponse((response) => streaming(response.url()));
  await expect(artifacts.newRows).toHaveCount(0);
  await indicator.click();
  await opened;
  await artifacts.showNewRows(1);
});

test("a hidden page closes its stream, and refetches when it is visible again", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await vitrine.artifact.create.mutate({ key: `${key}-read`, data: 1 });
  const opened = page.waitForResponse((response) => streaming(response.url()));
  await artifacts.goto();
  await opened;
  const setVisibility = async (state: "hidden" | "visible") =>
    page.evaluate((value) => {
      Object.defineProperty(document, "visibilityState", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  const closed = page.waitForEvent("requestfailed", (request) => streaming(request.url()));
  await setVisibility("hidden");
  await closed;
  await vitrine.artifact.create.mutate({ key, data: 1 });
  await setVisibility("visible");
  await artifacts.showNewRows(1);
  await expect(artifacts.row(key)).toBeVisible(SOON);
});

test("a page reconnects after a restart of its server", async ({ browser, key }) => {
  const data = await mkdtemp(join(tmpdir(), "vitrine-e2e-live-"));
  const first = await startProduct({ VITRINE_DATA: data });
  // Not the page of the fixture, which fails on console errors: the browser logs each failed request.
  const page = await browser.newPage({ baseURL: first.url });
  const artifacts = await new ArtifactsPage(page).goto();
  await connect({ url: first.url }).artifact.create.mutate({ key, data: 1 });
  await expect(artifacts.row(key)).toBeVisible(SOON);
  await first.stop();
  const reconnected = page.waitForResponse((response) => streaming(response.url()) && response.ok());
  const second = await startProduct(first.same);
  await reconnected;
  await connect({ url: second.url }).artifact.create.mutate({ key: `${key}-again`, data: 1 });
  await artifacts.showNewRows(1);
  await expect(artifacts.row(`${key}-again`)).toBeVisible(SOON);
  await page.close();
  await second.stop();
  await rm(data, { recursive: true, force: true });
});
