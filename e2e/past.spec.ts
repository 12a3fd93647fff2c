import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";

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
