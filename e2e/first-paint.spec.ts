import { expect, test } from "#test/browser/fixtures";
import { publishText } from "#test/browser/publish-text";
import { KeyPage } from "./pages/key-page";

test.use({ javaScriptEnabled: false });

test("the list has rows, filters and pages without JavaScript", async ({ vitrine, artifacts, key, page }) => {
  const keys = Array.from({ length: 60 }, (_, i) => `${key}-${String(i).padStart(2, "0")}`);
  await Promise.all(keys.map((each) => vitrine.artifact.create.mutate({ key: each, type: "markdown", data: each })));

  await page.goto(`/artifacts?key=${key}&sort=key`);
  await expect(artifacts.rows).toHaveCount(50);
  await expect(artifacts.rows.first()).toContainText(`${key}-00`);
  await page.getByRole("link", { name: "Next" }).click();
  await expect(artifacts.rows).toHaveCount(10);
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(artifacts.rows).toHaveCount(50);

  await page.goto(`/artifacts?key=${key}&show=cards`);
  await expect(artifacts.cards).toHaveCount(50);

  await artifacts.search.fill(`${key}-59`);
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(artifacts.cards).toHaveCount(1);
});

test("a version, its history and its run render without JavaScript", async ({ vitrine, key, page }) => {
  const flow = await vitrine.flow.create.mutate({ name: `flow of ${key}` });
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, name: "nightly-7" });
  await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# Old" });
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# New", flowRunId: run.id });

  await page.goto(`/artifacts/artifact/${id}`);
  await expect(page.getByRole("heading", { name: "New" })).toBeVisible();
  await expect(page.getByRole("complementary").getByText("nightly-7")).toBeVisible();
  await page.goto(`/artifacts/key/${key}`);
  const history = await new KeyPage(page).shownKey(key);
  await expect(history.versions).toHaveCount(2);
  await expect(page.getByRole("heading", { name: "New" })).toBeVisible();

  await vitrine.artifact.update.mutate({ id, description: "Corrected", reason: "a typing error" });
  await page.goto(`/artifacts/key/${key}?tab=changes`);
  await expect(page.getByRole("main")).toContainText("edited by local user");
  await expect(page.getByRole("region", { name: "Changes" }).getByRole("listitem")).toContainText([
    "a typing error",
    "published v2",
  ]);

  await page.goto(`/runs?flow=${encodeURIComponent(flow.name)}`);
  await expect(page.getByRole("rowheader", { name: "nightly-7" })).toBeVisible();
  await page.getByRole("rowheader", { name: "nightly-7" }).getByRole("link").click();
  await expect(page.getByRole("rowheader", { name: key })).toBeVisible();
});

test("a long history has a chart, pages and version links without JavaScript", async ({ vitrine, key, page }) => {
  const items = Array.from({ length: 120 }, (_, at) => ({ key, type: "progress", data: at % 101 }));
  await vitrine.artifact.createMany.mutate({ items });
  await page.goto(`/artifacts/key/${key}`);
  const history = await new KeyPage(page).shownKey(key);
  await expect(history.versions).toHaveCount(50);
  await expect(history.chart).toBeVisible();
  await page.getByRole("link", { name: "Next" }).click();
  await expect(history.versions.first()).toContainText("v70");
  await page.getByRole("spinbutton", { name: "Go to version" }).fill("7");
  await page.getByRole("spinbutton", { name: "Go to version" }).press("Enter");
  await expect(history.selected).toContainText("v7");
  await expect(history.panel).toContainText("6");
});

test("tables and JSON render exactly as published without JavaScript", async ({ key, page, request }) => {
  const big = "12345678901234567890";
  const table = await publishText(request, { key, type: "table", text: `[{"n":${big}},{"n":1.0}]` });
  await page.goto(`/artifacts/artifact/${table}`);
  await expect(page.getByRole("cell")).toHaveText([big, "1.0"]);
  const json = await publishText(request, { key, type: "json", text: `{"n":${big},"n":1.0}` });
  await page.goto(`/artifacts/artifact/${json}`);
  await expect(page.getByRole("treeitem")).toContainText(["{ 2 keys }", `n: ${big}`, "n: 1.0"]);
});
