import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";
import { searched } from "./pages/searched";

test("shows the list and a key as of a time, with links that keep it", async ({ vitrine, key, page, artifacts }) => {
  const { id } = await vitrine.artifact.create.mutate({
    key: `${key}-a`,
    type: "markdown",
    data: "# First",
    description: "As published",
    tags: ["draft"],
  });
  await vitrine.artifact.create.mutate({ key: `${key}-a`, type: "markdown", data: "# Second" });
  await vitrine.collection.label.mutate({ key: `${key}-a`, label: "production", version: 1 });
  const { created: asOf } = await vitrine.artifact.create.mutate({ key: `${key}-b`, data: 1 });
  await vitrine.artifact.update.mutate({ id, data: "# Changed", description: "As edited" });
  await vitrine.collection.label.mutate({ key: `${key}-a`, label: "production", version: 2 });
  await vitrine.artifact.create.mutate({ key: `${key}-a`, type: "markdown", data: "# Third" });
  await vitrine.collection.remove.mutate({ key: `${key}-b` });
  await artifacts.goto(`?key=${key}&sort=key`);
  await expect(artifacts.rows).toHaveCount(1);

  await artifacts.goto(`?key=${key}&sort=key&asOf=${asOf}`);
  const banner = page.getByRole("region", { name: "Past" });
  await expect(banner).toContainText("The past can be read, and not changed.");
  await expect(artifacts.rows).toHaveCount(2);
  await expect(artifacts.row(`${key}-a`)).toContainText("Second");
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("link", { name: `${key}-a`, exact: true }).click();
  await expect(page.getByRole("heading", { name: "Second" })).toBeVisible();
  await expect(banner).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit" })).toHaveCount(0);
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole("navigation", { name: "Versions at that time" }).getByRole("link", { name: /v1/ }).click();
  await expect(page.getByRole("heading", { name: "First" })).toBeVisible();
  await expect(page.getByText("As published")).toBeVisible();
  await expect(page.getByRole("main")).toContainText("production");
  await expect(page.getByTitle("Artifacts with the tag draft")).toHaveAttribute("href", /asOf=/);
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Artifacts" }).click();
  await expect(page).toHaveURL(/asOf=/);
  await page.goto(`/artifacts/key/${key}-a?version=production&asOf=${asOf}`);
  await expect(banner.getByRole("link", { name: "Back to now" })).toHaveAttribute("href", /\?version=production$/);
  await page.goto(`/artifacts/key/${key}-a?version=1&asOf=${asOf}`);
  await banner.getByRole("link", { name: "Back to now" }).click();
  await expect(page.getByRole("heading", { name: "Changed" })).toBeVisible();
  await expect(banner).toHaveCount(0);

  await page.goto(`/artifacts/key/${key}-a`);
  await interactive(page);
  await page.getByRole("button", { name: "As of a time" }).click();
  await page.getByRole("button", { name: "Yesterday" }).click();
  await expect(page.getByRole("heading", { name: "Not there at that time" })).toBeVisible();
  await expect(banner).toContainText("Deletions and labels before");
});

test("runs, charts and the palette stay in the past", async ({ vitrine, key, page, artifacts }) => {
  const flow = await vitrine.flow.create.mutate({ name: `${key}-flow` });
  const ended = { type: "COMPLETED" } as const;
  const times = { startTime: "2026-01-01T00:00:00Z", endTime: "2026-01-01T00:01:00Z" };
  const run = await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-run`, state: ended, ...times });
  const flowRunId = run.id;
  for (const data of [1, 2]) await vitrine.artifact.create.mutate({ key: `${key}-a`, data, flowRunId });
  const { created: asOf } = await vitrine.artifact.create.mutate({ key: `${key}-a`, data: 5, flowRunId });
  const later = { startTime: new Date(Date.now() + 1000).toISOString() };
  await vitrine.flowRun.create.mutate({ flowId: flow.id, name: `${key}-later`, state: { type: "RUNNING" }, ...later });
  await vitrine.artifact.create.mutate({ key: `${key}-a`, data: 77, flowRunId });
  await vitrine.collection.remove.mutate({ key: `${key}-a` });
  const banner = page.getByRole("region", { name: "Past" });

  await artifacts.goto(`?key=${key}&asOf=${asOf}`);
  const row = artifacts.row(`${key}-a`);
  await row.getByRole("link", { name: `${key}-run` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${key}-run` })).toBeVisible();
  await expect(banner).toContainText("Runs that had started by then are shown as they are now");
  await expect(page.getByRole("region", { name: "Artifacts" }).getByRole("rowheader")).toHaveCount(3);
  expect(await axeViolations(page)).toEqual([]);
  const main = page.getByRole("main");
  for (const link of await main.locator("a[href^='/runs'], a[href^='/artifacts']").all()) {
    if ((await link.textContent()) === "Back to now") continue;
    expect(await link.getAttribute("href")).toContain("asOf=");
  }
  await page
    .getByRole("complementary")
    .getByRole("link", { name: `${key}-flow` })
    .click();
  await expect(banner).toBeVisible();
  await expect(main.getByRole("link", { name: `${key}-run` }).first()).toBeVisible();
  await expect(main.getByRole("link", { name: `${key}-later` })).toHaveCount(0);
  await page.getByRole("link", { name: "All runs" }).click();
  await expect(page).toHaveURL(/\/runs\?.*asOf=/);
  await expect(page.getByRole("link", { name: `${key}-run` })).toBeVisible();
  await expect(page.getByRole("link", { name: `${key}-later` })).toHaveCount(0);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Artifacts" }).click();
  await expect(page).toHaveURL(/\/artifacts\?asOf=/);

  // The palette finds what there was, and opens it and saved views as they were.
  const view = await vitrine.view.create.mutate({ name: `${key}-view`, query: `key=${key}` });
  await page.keyboard.press("/");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill(`${key}-view`);
  await page.getByRole("option", { name: `Go to view ${key}-view` }).click();
  await expect(page).toHaveURL(new RegExp(`asOf=.*view=${view.id}|view=${view.id}.*asOf=`));
  await expect(artifacts.row(`${key}-a`)).toBeVisible();
  await vitrine.view.remove.mutate({ id: view.id });
  await page.keyboard.press("/");
  await page.getByRole("dialog", { name: "Search" }).getByRole("combobox").fill(`${key}-a`);
  await page.getByRole("option", { name: `${key}-a v3` }).click();
  await expect(banner).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: `${key}-a` })).toBeVisible();

  // The chart has the versions of that time, and its points open them as they were.
  const chart = page.getByRole("region", { name: "Chart as of that time" });
  await expect(chart).toContainText("Number");
  await chart.getByText("Show data").click();
  await expect(chart.getByRole("link", { name: /^v\d$/ })).toHaveCount(3);
  await chart.getByRole("link", { name: "v2" }).click();
  await expect(page).toHaveURL(/version=2.*asOf=|asOf=.*version=2/);
  await expect(page.getByRole("article", { name: "Version 2" })).toBeVisible();
  await chart.getByRole("link", { name: "Size" }).click();
  await expect(page).toHaveURL(/asOf=/);
  await expect(banner).toBeVisible();
  await expect(page).toHaveTitle(new RegExp(key));
  expect(await axeViolations(page)).toEqual([]);
});

test("words are found in the past, with why, and opened at the place as it was", async ({
  vitrine,
  key,
  page,
  artifacts,
}) => {
  const text = (word: string) => `# Report\n\n${"Other words.\n\n".repeat(80)}About ${word} in ${key}x.`;
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data: text("rainfall") });
  const { created: asOf } = await vitrine.artifact.create.mutate({ key: `${key}-later`, data: 1 });
  await vitrine.artifact.update.mutate({ id, data: text("drought") });
  await searched(vitrine);
  await artifacts.goto(`?q=rainfall+${key}x&asOf=${asOf}`);
  await expect(artifacts.row(key).locator("mark").first()).toHaveText("rainfall");
  await page.getByRole("link", { name: key, exact: true }).click();
  await expect(page.getByText(`About rainfall in ${key}x.`)).toBeInViewport();
  await expect(page.getByRole("region", { name: "Past" })).toContainText("As of");
});
