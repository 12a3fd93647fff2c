import { expect, test } from "#test/browser/fixtures";

const UNKNOWN = "0199b3c8-0000-7000-8000-000000000000";

for (const [what, path, title] of [
  ["page", "/nowhere", "Page not found"],
  ["id", `/artifacts/artifact/${UNKNOWN}`, "Artifact not found"],
  ["malformed id", "/artifacts/artifact/not-an-id", "Artifact not found"],
  ["key", "/artifacts/key/never-published", "Key not found"],
  ["impossible key", "/artifacts/key/Not%20A%20Key", "Key not found"],
] as const) {
  test(`an unknown ${what} is a 404 with a link back`, async ({ page }) => {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await page.getByRole("link", { name: "All artifacts" }).click();
    await expect(page.getByRole("heading", { name: "Artifacts", exact: true })).toBeVisible();
  });
}

test("the page of a deleted version has its time of deletion and restores it", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data: "# Here" });
  await vitrine.artifact.remove.mutate({ id });
  await page.goto(`/artifacts/artifact/${id}`);
  await expect(page.getByRole("heading", { name: `v1 of ${key} is in the trash` })).toBeVisible();
  await expect(page.getByText("It was deleted")).toBeVisible();
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Here" })).toBeVisible();
});

test("the page of a deleted key restores its versions", async ({ vitrine, key, page }) => {
  for (const data of [1, 2]) await vitrine.artifact.create.mutate({ key, data });
  await vitrine.collection.remove.mutate({ key });
  await page.goto(`/artifacts/key/${key}`);
  await expect(page.getByRole("heading", { name: `${key} is in the trash` })).toBeVisible();
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  await expect(page.getByRole("region", { name: "History" }).getByRole("listitem")).toHaveCount(2);
});
