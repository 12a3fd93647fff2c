import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";

test("keys with slashes fold into folders, which open by click and keyboard", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  for (const name of ["top", "reports/a", "reports/2026/b", "reports/2026/c"]) {
    await vitrine.artifact.create.mutate({ key: `${key}/${name}`, data: name });
  }
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.rows).toHaveCount(4);
  await page.getByRole("link", { name: "Folders", exact: true }).click();
  const folders = page.getByRole("navigation", { name: "Folders" });
  await expect(folders.getByRole("link")).toHaveText([`${key}/4 artifacts`]);
  await folders.getByRole("link").press("Enter");
  await expect(page).toHaveURL(`/artifacts?key=${key}&folder=${key}/`);
  await expect(artifacts.rows).toHaveCount(1);
  // The link is gone; Tab goes on from the start of the page.
  await expect(page.getByRole("main")).toBeFocused();
  await folders.getByRole("link", { name: /^reports\/ ?3 artifacts$/ }).click();
  await expect(artifacts.row(`${key}/reports/a`)).toBeVisible();
  await folders.getByRole("link", { name: /^2026\/ ?2 artifacts$/ }).click();
  await expect(artifacts.rows).toHaveCount(2);
  expect(await axeViolations(page)).toEqual([]);
  await page.reload();
  await expect(artifacts.rows).toHaveCount(2);
  await folders.getByRole("link", { name: "reports", exact: true }).click();
  await expect(artifacts.rows).toHaveCount(1);
  await page.getByRole("link", { name: "Folders", exact: true }).click();
  await expect(artifacts.rows).toHaveCount(4);
});
