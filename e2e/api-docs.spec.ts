import { expect, test } from "#test/browser/fixtures";

test("the API reference shows procedures and REST, and calls them", async ({ vitrine, key, page }) => {
  await vitrine.artifact.create.mutate({ key, data: 1 });
  await page.goto("/api/docs?of=procedures");
  await page.getByText("/trpc/collection.latest").click();
  await expect(page.getByText("vitrine.collection.latest.query")).toBeVisible();
  await page.getByRole("button", { name: "Try it out" }).click();
  await page.locator("textarea").fill(JSON.stringify({ key }));
  await page.getByRole("button", { name: "Execute" }).click();
  await expect(page.locator(".live-responses-table .response-col_status").nth(1)).toContainText("200");

  await page.getByRole("link", { name: "REST", exact: true }).click();
  await expect(page.getByRole("link", { name: "REST", exact: true })).toHaveAttribute("aria-current", "page");
  await expect(page.getByText("/artifacts/latest/filter")).toBeVisible();
});
