import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";

test("what changed since the last look has a dot, and a page with the differences", async ({
  vitrine,
  artifacts,
  key,
  page,
}) => {
  const [seen, other] = [`${key}-seen`, `${key}-other`];
  const rowsWith = (column: string) => Array.from({ length: 30 }, (_, id) => ({ id, [column]: id % 7, day: `d${id}` }));
  await vitrine.artifact.create.mutate({ key: seen, type: "table", data: rowsWith("score") });
  // The first look: what exists is read.
  await artifacts.goto(`?key=${key}`);
  const marked = page.waitForResponse((response) => response.url().includes("collection.markRead"));
  await artifacts.openKey(seen);
  await marked;
  await vitrine.artifact.create.mutate({ key: seen, type: "table", data: rowsWith("points") });
  await vitrine.artifact.create.mutate({ key: other, type: "json", data: 1, description: "Something new" });

  await artifacts.goto(`?key=${key}`);
  for (const each of [seen, other]) await expect(artifacts.row(each)).toContainText("Unread");
  await page.getByRole("link", { name: /unread$/ }).click();
  const entry = page.getByRole("article", { name: seen });
  await expect(entry).toContainText("v1 → v2");
  await expect(entry).toContainText("1 column added, 1 removed");
  await entry.getByRole("button", { name: "Compare as renamed" }).click();
  await expect(entry).toContainText("1 column renamed");
  await expect(page.getByRole("article", { name: other })).toContainText("Something new");
  expect(await axeViolations(page)).toEqual([]);

  await entry.getByRole("heading").getByRole("link").click();
  await expect(page.getByRole("article", { name: "Version 2", exact: true })).toBeVisible();
  await expect.poll(async () => (await vitrine.collection.unread.query({ keys: [seen, other] })).items.length).toBe(1);
  await page.goto("/artifacts/unread");
  await page.getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByRole("heading", { name: "You have seen everything" })).toBeVisible();
  await artifacts.goto(`?key=${key}`);
  await expect(artifacts.row(other)).toBeVisible();
  await expect(artifacts.row(other)).not.toContainText("Unread");
});
