import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";

test("a query is written with completion, corrected, shown as filters and searched again", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  for (const [end, type] of [
    ["a", "table"],
    ["b", "table"],
    ["c", "markdown"],
  ] as const)
    await vitrine.artifact.create.mutate({ key: `${key}-${end}`, type, data: "x", tags: [key] });
  await artifacts.goto();
  const { search } = artifacts;

  // An operator, then a value that occurs, with its count.
  await search.pressSequentially("ta");
  await expect(page.getByRole("option", { name: "tag tag of the version" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(search).toHaveValue("tag:");
  await expect(page.getByRole("option", { name: `${key} 3` })).toBeVisible();
  await page.getByRole("option", { name: `${key} 3` }).click();
  await expect(artifacts.rows).toHaveCount(3);
  await search.pressSequentially("-type:");
  await page.getByRole("option", { name: "table 2" }).click();
  await expect(artifacts.rows).toHaveCount(1);
  await expect(artifacts.row(`${key}-c`)).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);

  // A typing error is marked, and corrected; the list stays as it was.
  await search.fill(`tag:${key} typ:table`);
  await expect(page.getByRole("main").getByRole("alert")).toContainText('Unknown operator "typ"');
  await expect(page.getByRole("main").getByRole("alert").locator("mark")).toHaveText("typ");
  await expect(artifacts.rows).toHaveCount(1);
  await page.getByRole("button", { name: "Use type" }).click();
  await expect(search).toHaveValue(`tag:${key} type:table`);
  await expect(artifacts.rows).toHaveCount(2);

  // The same as chips, and as a query again.
  await page.getByRole("link", { name: "Show as filters" }).click();
  await expect(search).toHaveValue("");
  await expect(page.getByRole("list", { name: "Filters" }).getByRole("listitem")).toHaveCount(3);
  await expect(artifacts.rows).toHaveCount(2);
  await page.getByRole("link", { name: "Write as query" }).click();
  await expect(search).toHaveValue(/^type:table tag:/);
  await expect(artifacts.rows).toHaveCount(2);

  // Nothing matches: each part says what is found without it.
  await search.fill(`tag:${key} type:image`);
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Clear filter: type:image 3 artifacts" }).click();
  await expect(artifacts.rows).toHaveCount(3);

  // What was searched is offered in an empty box.
  await search.fill("");
  await page.getByRole("option", { name: `tag:${key} type:image` }).click();
  await expect(search).toHaveValue(`tag:${key} type:image`);
});

test("an address with an invalid query shows what is wrong", async ({ page }) => {
  await page.goto("/artifacts?q=rows:many");
  await expect(page.getByRole("main").getByRole("alert")).toContainText('"many" is not a number');
  await expect(page.getByText("The query has an error")).toBeVisible();
});
