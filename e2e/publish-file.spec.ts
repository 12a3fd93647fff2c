import type { Page } from "@playwright/test";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { interactive } from "./pages/interactive";
import { KeyPage } from "./pages/key-page";

/** Drops a file of a text, or of a number of bytes, on the page. */
async function drop(page: Page, name: string, content: string | number): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, parts]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([typeof parts === "number" ? new Uint8Array(parts) : parts], fileName));
      return transfer;
    },
    [name, content] as const,
  );
  for (const event of ["dragover", "drop"]) await page.dispatchEvent("main", event, { dataTransfer: data });
}

test("a file is published by keyboard or by dropping it, with its numbers as they are written", async ({
  vitrine,
  key,
  page,
}) => {
  // Without any, the page shows the first steps.
  await vitrine.artifact.create.mutate({ key: `${key}-other`, data: 1 });
  await page.goto("/artifacts");
  await interactive(page);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Publish file" }).press("Enter");
  await (await chooser).setFiles({
    name: "Sales 2026.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("day,n\n1,2.50\n"),
  });
  const dialog = page.getByRole("dialog", { name: "Publish a file" });
  await expect(dialog.getByText("1 row, 2 columns")).toBeVisible();
  const name = dialog.getByRole("textbox", { name: "Key" });
  await expect(name).toHaveValue("sales-2026");
  await expect(name).toBeFocused();
  await name.fill("Not a key");
  await expect(dialog.getByText("A key must only contain lowercase letters")).toBeVisible();
  await name.fill(key);
  await expect(dialog.getByText("A new artifact.")).toBeVisible();
  expect(await axeViolations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  const history = new KeyPage(page);
  await history.toast.shows(`Published v1 of ${key}`);
  await history.shownKey(key);
  await expect(page.getByRole("cell")).toHaveText(["1", "2.50"]);

  await page.goto("/artifacts");
  await interactive(page);
  await drop(page, `${key}.json`, '{"n": 1.0');
  await expect(dialog.getByText("is not JSON, line 1, column 10: expected")).toBeVisible();
  await page.keyboard.press("Escape");
  await drop(page, "large.bin", 65 * 1024 * 1024);
  await expect(dialog.getByText("this server takes at most")).toBeVisible();
  await page.keyboard.press("Escape");
  await drop(page, `${key}.json`, '[{"n": 1.0}]');
  await dialog.getByRole("combobox", { name: "Type" }).selectOption("JSON");
  await name.fill(key);
  await expect(dialog.getByText(`Becomes the version after v1 of ${key}.`)).toBeVisible();
  await dialog.getByRole("button", { name: "Publish" }).click();
  await history.opened(2);
  expect(await vitrine.collection.latest.query({ key })).toMatchObject({ version: 2, type: "json" });
});
