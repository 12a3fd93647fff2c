import { expect, OWN_CONTEXT, test } from "#test/browser/fixtures";
import { KeyPage } from "./pages/key-page";

test("menus and popovers work by keyboard from their first use, and return the focus", { tag: OWN_CONTEXT }, async ({
  vitrine,
  key,
  page,
}) => {
  for (const data of [1, 2]) await vitrine.artifact.create.mutate({ key, data });
  await new KeyPage(page).gotoKey(key);
  const more = page.getByRole("button", { name: "More actions" });
  const item = (name: RegExp) => page.getByRole("menuitem", { name });
  await more.focus();
  await page.keyboard.press("Enter");
  await expect(item(/^Copy link/)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(item(/^Show raw data/)).toBeFocused();
  await page.keyboard.press("End");
  await expect(item(/^Delete all/)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toHaveCount(0);
  await expect(more).toBeFocused();

  await page.keyboard.press("ArrowUp");
  await expect(item(/^Delete all/)).toBeFocused();
  await page.keyboard.press("Enter");
  const confirmation = page.getByRole("alertdialog", { name: `Delete ${key}?` });
  await expect(confirmation.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(more).toBeFocused();

  const compare = page.getByRole("button", { name: "Compare" });
  await compare.focus();
  await page.keyboard.press("Enter");
  const popover = page.getByRole("dialog", { name: "Compare v2 with" });
  await expect(popover.getByRole("spinbutton")).toBeFocused();
  await popover.getByRole("button", { name: "Close" }).press("Enter");
  await expect(popover).toHaveCount(0);
  await expect(compare).toBeFocused();
});

test("dialogs of a version begin in their field, not at a button that removes, and return the focus", async ({
  vitrine,
  key,
  page,
}) => {
  const { version } = await vitrine.artifact.create.mutate({ key, data: 1, tags: ["draft"] });
  await vitrine.collection.label.mutate({ key, label: "golden", version });
  await new KeyPage(page).gotoKey(key);
  const more = page.getByRole("button", { name: "More actions" });
  for (const [item, field] of [
    ["Labels…", "Label"],
    ["Tags of v1…", "Add tags"],
    ["About this artifact…", "Title"],
    ["Rename key…", "Key"],
  ] as const) {
    await more.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: item }).press("Enter");
    await expect(page.getByRole("dialog").getByLabel(field, { exact: true })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(more).toBeFocused();
  }
});

test("a popup that cannot be loaded is a message, and opens once it can be", { tag: OWN_CONTEXT }, async ({
  vitrine,
  key,
  page,
}) => {
  await vitrine.artifact.create.mutate({ key, data: 1 });
  await new KeyPage(page).gotoKey(key);
  const chunks = /\/_next\/static\/chunks\//;
  await page.route(chunks, (route) => route.fulfill({ status: 404 }));
  const more = page.getByRole("button", { name: "More actions" });
  await more.click();
  await expect(page.getByRole("region", { name: "Notifications" })).toContainText(
    "Couldn't load this part of the page",
  );
  await expect(page.getByRole("heading", { level: 1 })).toContainText(key);
  await page.unroute(chunks);
  await more.click();
  await expect(page.getByRole("menuitem", { name: "Copy link" })).toBeVisible();
});
