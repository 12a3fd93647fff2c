import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { searched } from "./pages/searched";

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

test("the box keeps the focus while the query of an address is corrected, and broken again", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  await vitrine.artifact.create.mutate({ key, type: "table", data: [{ a: 1 }] });
  await artifacts.goto(`?q=rows:many+key:${key}`);
  const { search } = artifacts;
  await search.focus();
  await search.press("Home");
  for (const _ of "rows:many ") await search.press("Delete");
  await expect(artifacts.row(key)).toBeVisible();
  await expect(search).toBeFocused();
  await page.keyboard.type("type:table ");
  await expect(page).toHaveURL(/q=type:table/);
  await expect(search).toBeFocused();
});

test("zero results say which words to drop, and what that gives", async ({ vitrine, artifacts, key, page }) => {
  await vitrine.artifact.create.mutate({ key: `${key}-a`, type: "markdown", data: `${key}x and heavy rain` });
  await vitrine.artifact.create.mutate({ key: `${key}-b`, type: "table", data: [{ note: `${key}x` }] });
  await searched(vitrine);
  await artifacts.goto(`?q=${encodeURIComponent(`${key}x "heavy rain" (snow or type:image)`)}`);
  await expect(page.getByRole("heading", { name: "No matching artifacts" })).toBeVisible();
  const drop = (part: string) => page.getByRole("link", { name: `Clear filter: ${part}` });
  await expect(drop(`${key}x`)).toContainText("0 artifacts");
  await expect(drop('"heavy rain"')).toContainText("0 artifacts");
  await expect(drop("(snow or type:image)")).toContainText("1 artifact");
  expect(await axeViolations(page)).toEqual([]);
  await drop("(snow or type:image)").click();
  await expect(artifacts.row(`${key}-a`)).toContainText("heavy rain");
});

test("completes owners and names in the metadata, and filters by them", async ({ vitrine, artifacts, key, page }) => {
  for (const [end, region] of [
    ["a", "eu"],
    ["b", "us"],
  ] as const)
    await vitrine.artifact.create.mutate({ key: `${key}-${end}`, metadata: { [`${key} region`]: region } });
  await vitrine.collection.update.mutate({ key: `${key}-a`, owner: `Ada of ${key}` });
  await artifacts.goto(`?key=${key}`);
  const { search } = artifacts;
  await search.fill(`key:${key}* owner:`);
  await page.getByRole("option", { name: `Ada of ${key} 1` }).click();
  await expect(artifacts.rows).toHaveCount(1);
  await search.fill(`key:${key}* metadata.`);
  await page.getByRole("option", { name: `metadata.${key} region 2` }).click();
  await expect(search).toHaveValue(`key:${key}* metadata."${key} region":`);
  await search.pressSequentially("us");
  await expect(artifacts.row(`${key}-b`)).toBeVisible();
  await expect(artifacts.rows).toHaveCount(1);

  await artifacts.goto(`?key=${key}`);
  await artifacts.filter("ada of", `Ada of ${key}`);
  await expect(artifacts.rows).toHaveCount(1);
  await expect(page.getByRole("list", { name: "Filters" })).toContainText("Owner");
  await artifacts.goto(`?key=${key}`);
  await artifacts.filter(`${key} region`, `${key} region 2`);
  await expect(page.getByRole("combobox", { name: "Path" })).toHaveValue(`${key} region`);
  await page.getByRole("combobox", { name: "Value: text" }).fill("eu");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(artifacts.row(`${key}-a`)).toBeVisible();
  await expect(artifacts.rows).toHaveCount(1);
});
