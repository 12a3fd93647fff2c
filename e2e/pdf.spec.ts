import { readFile } from "node:fs/promises";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { endlessPdf, pdfOf } from "#test/browser/pdf";
import { KeyPage } from "./pages/key-page";

const UNUSED = 8_000_000;

test("a PDF loads only what its pages in view need, and has zoom, search, links and print", async ({
  vitrine,
  key,
  page,
}) => {
  const pages = Array.from({ length: 12 }, (_, at) => ({
    lines: [`This is page ${at + 1}`, at % 4 === 3 ? "with a" : "nothing", at % 4 === 3 ? "needle here" : ""],
    links: at === 0 ? ["https://example.org/report", "javascript:app.alert"] : [],
  }));
  await vitrine.file(key, new Blob([pdfOf(pages, UNUSED)]), { name: "report.pdf" });
  let ranges = 0;
  page.on("response", (response) => {
    if (response.status() === 206) ranges += Number(response.headers()["content-length"]);
  });
  await page.addInitScript("window.print = () => { window.printed = true; }");
  await page.goto(`/artifacts/key/${key}`);
  await new KeyPage(page).shownKey(key);
  const view = page.getByRole("region", { name: "Pages of report.pdf" });
  await expect(view.getByRole("group", { name: "Page 1 of 12" })).toContainText("This is page 1");
  await expect(view.getByRole("link")).toHaveCount(1);
  const link = view.getByRole("link", { name: "https://example.org/report" });
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expect(link).toHaveAttribute("target", "_blank");
  expect(await axeViolations(page)).toEqual([]);

  const field = page.getByRole("textbox", { name: "Page" });
  await field.fill("11");
  await field.press("Enter");
  await expect(view.getByRole("group", { name: "Page 11 of 12" })).toContainText("This is page 11");
  await expect(view.getByRole("group", { name: "Page 1 of 12" })).toHaveCount(0);
  await expect(field).toBeFocused();
  const tools = page.getByRole("toolbar", { name: "Document" });
  await view.focus();
  await view.press("0");
  await expect(tools.getByRole("button", { name: "Fit width" })).toHaveAttribute("aria-pressed", "true");
  await tools.getByRole("button", { name: "Zoom out" }).click();
  await expect(tools).toContainText("100 %");
  await view.press("+");
  await expect(tools).toContainText("125 %");
  await expect(field).toHaveValue("11");

  await tools.getByRole("button", { name: "Find in document" }).click();
  const find = page.getByRole("search", { name: "Find in content" });
  await find.getByRole("searchbox").fill('"a needle"');
  await expect(find).toContainText("1 of 3");
  await expect(view.getByRole("group", { name: "Page 4 of 12" })).toContainText("needle here");
  await find.getByRole("button", { name: "Next match" }).click();
  await expect(view.getByRole("group", { name: "Page 8 of 12" })).toContainText("needle here");
  await expect.poll(() => page.evaluate("CSS.highlights.get('find').size")).toBeGreaterThan(0);

  await tools.getByRole("button", { name: "Print document" }).click();
  await expect.poll(() => page.evaluate("window.printed")).toBe(true);
  await expect(page.locator(".pdf-print img")).toHaveCount(12);
  expect(ranges).toBeGreaterThan(0);
  expect(ranges).toBeLessThan(UNUSED / 4);
});

test("a PDF with a password is shown with it, and a damaged one as its bytes", async ({ vitrine, key, page }) => {
  const whole = await readFile("test/browser/protected.pdf");
  await vitrine.file(key, new Blob([whole]), { name: "secret.pdf" });
  await page.goto(`/artifacts/key/${key}`);
  const password = page.getByLabel("Password of the document");
  await password.fill("wrong");
  await password.press("Enter");
  await expect(page.getByText("This is not the password of the document.")).toBeVisible();
  await expect(password).toBeFocused();
  await password.fill("secret");
  await password.press("Enter");
  await expect(page.getByRole("group", { name: "Page 1 of 3" })).toContainText("The quick brown fox");
  await vitrine.file(`${key}-damaged`, new Blob([whole.subarray(0, 200)]), { name: "damaged.pdf" });
  await page.goto(`/artifacts/key/${key}-damaged`);
  await expect(page.getByText("it is damaged: it can't be read")).toBeVisible();
  await expect(page.getByRole("region", { name: "Bytes of damaged.pdf" })).toContainText("25 50 44 46");
  await vitrine.file(`${key}-endless`, new Blob([endlessPdf()]), { name: "endless.pdf" });
  await page.goto(`/artifacts/key/${key}-endless`);
  await expect(page.getByText("more than 20,000 pages, which can't be shown")).toBeVisible();
  await expect(page.getByRole("region", { name: "Bytes of endless.pdf" })).toContainText("25 50 44 46");
});

test("a part of a PDF that could not be loaded is loaded again on request", async ({ vitrine, key, page }) => {
  const pages = Array.from({ length: 9 }, (_, at) => ({ lines: [`This is page ${at + 1}`, " ".repeat(400_000)] }));
  await vitrine.file(key, new Blob([pdfOf(pages)]), { name: "report.pdf" });
  let fails = false;
  await page.route(/as=file/, (route) => (fails ? route.fulfill({ status: 404 }) : route.continue()));
  await page.goto(`/artifacts/key/${key}`);
  await new KeyPage(page).shownKey(key);
  const view = page.getByRole("region", { name: "Pages of report.pdf" });
  await expect(view.getByRole("group", { name: "Page 1 of 9" })).toContainText("This is page 1");
  fails = true;
  const field = page.getByRole("textbox", { name: "Page" });
  await field.fill("5");
  await field.press("Enter");
  const problem = page.getByText("The data could not be loaded.");
  await expect(problem).toBeVisible();
  fails = false;
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(view.getByRole("group", { name: "Page 5 of 9" })).toContainText("This is page 5");
  await expect(problem).toHaveCount(0);
});
