import type { Page } from "@playwright/test";
import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";
import { KeyPage } from "./pages/key-page";
import { TrashPage } from "./pages/trash-page";

/** Answers the question for a reason, whose field has the focus. */
async function giveReason(page: Page, reason: string): Promise<void> {
  const dialog = page.getByRole("alertdialog");
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await page.keyboard.type(reason);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
}

test("a restoration, a revert and an older version made the latest have a reason", async ({ vitrine, key, page }) => {
  for (const data of ["# One", "# Two", "# Three"])
    await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  const { id: last } = await vitrine.collection.latest.query({ key });
  await vitrine.artifact.remove.mutate({ id: last });
  const { id } = await vitrine.collection.latest.query({ key });
  await vitrine.artifact.update.mutate({ id, description: "Changed" });
  await vitrine.artifact.remove.mutate({ id });

  const trash = await new TrashPage(page).goto(key);
  await page.getByRole("button", { name: `More actions for v2 of ${key}` }).click();
  await page.getByRole("menuitem", { name: "Restore with a reason…" }).click();
  await giveReason(page, "Deleted by mistake");
  await trash.toast.shows(`Restored v2 of ${key}`);
  await expect(trash.restoreButton(key, 3)).toBeFocused();

  await page.goto(`/artifacts/key/${key}?version=2&tab=changes`);
  await interactive(page);
  await page.getByRole("button", { name: "Revert to before change 1 with a reason…" }).press("Enter");
  await giveReason(page, "The old text was right");
  await expect(page.getByText("“The old text was right”")).toBeVisible();
  await expect(page.getByRole("button", { name: "Revert to before change 1 with a reason…" })).toBeFocused();

  const history = await new KeyPage(page).gotoKey(key, 1);
  await history.more("Make v1 the latest with a reason…");
  await giveReason(page, "v2 was wrong");
  await history.opened(4);
  const { items } = await vitrine.collection.history.query({ key });
  expect(items.map(({ verb, reason }) => [verb, reason]).slice(0, 3)).toEqual([
    ["artifact.create", "v2 was wrong"],
    ["artifact.revert", "The old text was right"],
    ["artifact.restore", "Deleted by mistake"],
  ]);
});
