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
