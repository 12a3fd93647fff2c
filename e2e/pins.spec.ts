import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { ArtifactsPage } from "./pages/artifacts-page";

test("pinned keys come first in the list, from its rows, the page of a key and another window", async ({
  vitrine,
  key,
  page,
}) => {
  const [one, two, three] = ["one", "two", "three"].map((name) => `${key}-${name}`) as [string, string, string];
  for (const each of [one, two, three]) await vitrine.artifact.create.mutate({ key: each, data: 1 });
  const artifacts = await new ArtifactsPage(page).goto(`?key=${key}`);
  const shown = async () => {
    const names = await artifacts.rows.getByRole("link").allTextContents();
    return names.map((name) => name.slice(key.length + 1));
  };
  await expect.poll(shown).toEqual(["three", "two", "one"]);
  await artifacts.row(one).getByRole("link").focus();
  await page.keyboard.press("p");
  await artifacts.toast.shows(`Pinned ${one}`);
  await expect.poll(shown).toEqual(["one", "three", "two"]);
  await expect(artifacts.row(one)).toContainText("Pinned");
  expect(await axeViolations(page)).toEqual([]);

  const history = await artifacts.openKey(two);
  const pin = page.getByRole("button", { name: "Pin key" });
  await expect(pin).toHaveAttribute("aria-pressed", "false");
  await pin.click();
  await expect(pin).toHaveAttribute("aria-pressed", "true");
  await vitrine.collection.unpin.mutate({ key: two });
  await expect(pin).toHaveAttribute("aria-pressed", "false");
  await history.toast.undo();
  await page.keyboard.press("p");
  await expect(pin).toHaveAttribute("aria-pressed", "true");

  await artifacts.goto(`?key=${key}&sort=key`);
  await expect.poll(shown).toEqual(["one", "two", "three"]);
  for (const each of [one, two]) await artifacts.select(each).click();
  await artifacts.selected.getByRole("button", { name: "Unpin" }).click();
  await artifacts.toast.shows("Unpinned 2 artifacts");
  await expect.poll(shown).toEqual(["one", "three", "two"]);
  await artifacts.toast.undo();
  await expect.poll(shown).toEqual(["one", "two", "three"]);
});
