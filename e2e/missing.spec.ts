import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";

const UNKNOWN = "0199b3c8-0000-7000-8000-000000000000";

test("an unknown page, id or key is a 404 with a link back", async ({ page }) => {
  for (const [path, title] of [
    ["/nowhere", "Page not found"],
    [`/artifacts/artifact/${UNKNOWN}`, "Artifact not found"],
    ["/artifacts/artifact/not-an-id", "Artifact not found"],
    ["/artifacts/key/never-published", "Key not found"],
    ["/artifacts/key/Not%20A%20Key", "Key not found"],
  ] as const) {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await page.getByRole("link", { name: "All artifacts" }).click();
    await expect(page.getByRole("heading", { name: "Artifacts", exact: true })).toBeVisible();
  }
});

test("a deleted version is a 404 that says so beside the history, and restores it", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# Here" });
  await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# After" });
  await vitrine.artifact.remove.mutate({ id });
  // The address by the id leads to the permanent address.
  const response = await page.goto(`/artifacts/artifact/${id}?tab=content`);
  expect(response?.status()).toBe(404);
  await expect(page).toHaveURL(new RegExp(`/artifacts/key/${key}\\?version=1`));
  await expect(page.getByRole("heading", { name: "v1 is in the trash" })).toBeVisible();
  await expect(page.getByText(`${key} has 1 version; the latest is v2.`)).toBeVisible();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(1);
  await interactive(page);
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Here" })).toBeVisible();
});

test("a version that never existed is a 404 with a link to the latest", async ({ vitrine, key, page }) => {
  await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# Here" });
  for (const [version, title] of [
    ["99", "v99 not found"],
    ["production", "Label “production” not found"],
    ["No name", "Version not found"],
  ]) {
    const response = await page.goto(`/artifacts/key/${key}?version=${version}`);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await page.getByRole("link", { name: "Latest version" }).click();
    await expect(page.getByRole("heading", { name: "Here" })).toBeVisible();
  }
});

test("the page of a deleted key restores its versions", async ({ vitrine, key, page }) => {
  for (const data of [1, 2]) await vitrine.artifact.create.mutate({ key, data });
  await vitrine.collection.remove.mutate({ key });
  expect((await page.goto(`/artifacts/key/${key}`))?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: `${key} is in the trash` })).toBeVisible();
  await interactive(page);
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(2);
});
