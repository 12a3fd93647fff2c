import { expect, type Locator, type Page } from "@playwright/test";
import type { Vitrine } from "#client/connect";
import { test } from "#test/browser/fixtures";
import { ArtifactPage } from "./pages/artifact-page";
import { interactive } from "./pages/interactive";

const WORDS = "The quick brown fox jumps over the lazy dog. ".repeat(60);
const GUIDE = ["# Guide", "## First steps", "### Install *now*", "## Second steps", "## Last steps"];

async function publish(vitrine: Vitrine, key: string, headings: string[]): Promise<string> {
  const data = headings.map((heading) => `${heading}\n\n${WORDS}\n\n`).join("");
  return (await vitrine.artifact.create.mutate({ key, type: "markdown", data })).id;
}

const outline = (page: Page) => page.getByRole("navigation", { name: "On this page" });
const button = (page: Page) => page.getByRole("button", { name: "On this page" });
const entry = (page: Page, name: string) => outline(page).getByRole("link", { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole("heading", { name, exact: true });

/** It is at the top of what is seen of the document. */
async function expectReached(reached: Locator): Promise<void> {
  await expect(reached).toBeInViewport();
  await expect(reached).toBeFocused();
  const top = await reached.evaluate((element) => element.getBoundingClientRect().top);
  expect(top).toBeGreaterThan(48);
  expect(top).toBeLessThan(160);
}

test("a button lists the headings of a document, marks the one in view, and goes to another", async ({
  page,
  vitrine,
  key,
}) => {
  await new ArtifactPage(page).goto(await publish(vitrine, key, GUIDE));
  await expect(outline(page)).toBeHidden();
  await button(page).click();
  await expect(outline(page).getByRole("link")).toHaveText(GUIDE.map((line) => line.replace(/[#*]+ ?/g, "")));
  await expect(entry(page, "Guide")).toHaveAttribute("aria-current", "location");
  await entry(page, "Second steps").click();
  await expectReached(heading(page, "Second steps"));
  expect(new URL(page.url()).hash).toBe("#user-content-second-steps");
  await expect(button(page)).toContainText("Second steps");
  await page.evaluate(() => scrollTo(0, 0));
  await expect(button(page)).toContainText("Guide");
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await expect(button(page)).toContainText("Last steps");
});

test("the outline is used by keyboard", async ({ page, vitrine, key }) => {
  await new ArtifactPage(page).goto(await publish(vitrine, key, GUIDE));
  await button(page).focus();
  await page.keyboard.press("Enter");
  await expect(entry(page, "Guide")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(entry(page, "Install now")).toBeFocused();
  await page.keyboard.press("Enter");
  await expectReached(heading(page, "Install now"));
  await button(page).focus();
  await page.keyboard.press("Enter");
  await expect(entry(page, "Install now")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(outline(page)).toBeHidden();
  await expect(button(page)).toBeFocused();
});

test("where there is room, the outline is beside the text", async ({ page, vitrine, key }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await new ArtifactPage(page).goto(await publish(vitrine, key, GUIDE));
  await page.getByRole("button", { name: "Hide details" }).click();
  await expect(button(page)).toBeHidden();
  await expect(entry(page, "Guide")).toHaveAttribute("aria-current", "location");
  await entry(page, "Second steps").click();
  await expectReached(heading(page, "Second steps"));
  await expect(entry(page, "Second steps")).toHaveAttribute("aria-current", "location");
  await expect(entry(page, "Second steps")).toBeInViewport();
  await page.emulateMedia({ media: "print" });
  await expect(outline(page)).toBeHidden();
});

test("a heading of a long document is reached once it is rendered", async ({ page, vitrine, key }) => {
  const id = await publish(vitrine, key, ["# Book", ...Array.from({ length: 200 }, (_, at) => `## Chapter ${at}`)]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/artifacts/artifact/${id}#user-content-chapter-150`);
  await interactive(page);
  await expectReached(heading(page, "Chapter 150"));
  await button(page).click();
  await expect(entry(page, "Chapter 150")).toBeFocused();
  await entry(page, "Chapter 20").click();
  await expectReached(heading(page, "Chapter 20"));
  await expect(button(page)).toContainText("Chapter 20");
});

test("a short document, a part of a report and a peek have no outline", async ({ page, vitrine, key }) => {
  const short = await new ArtifactPage(page).goto(await publish(vitrine, key, GUIDE.slice(0, 3)));
  await expect(heading(page, "First steps")).toBeVisible();
  await expect(button(page)).toHaveCount(0);
  const data = [GUIDE.join("\n\n")];
  const { id } = await vitrine.artifact.create.mutate({ key: `${key}-report`, type: "report", data });
  await short.goto(id);
  await expect(heading(page, "First steps")).toBeVisible();
  await expect(button(page)).toHaveCount(0);
  await page.goto(`/artifacts?q=${key}&peek=${await publish(vitrine, `${key}-peek`, GUIDE)}`);
  await interactive(page);
  await expect(heading(page, "First steps")).toBeVisible();
  await expect(button(page)).toHaveCount(0);
});
