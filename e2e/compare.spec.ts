import type { Vitrine } from "#client/connect";
import { axeViolations } from "#test/browser/axe";
import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage } from "./pages/artifact-page";
import { ComparePage } from "./pages/compare-page";
import { KeyPage } from "./pages/key-page";

type Data = Parameters<Vitrine["artifact"]["create"]["mutate"]>[0]["data"];

/** Publishes versions under a key; their ids. */
async function published(vitrine: Vitrine, key: string, type: string, ...versions: Data[]): Promise<string[]> {
  const ids: string[] = [];
  for (const data of versions) ids.push((await vitrine.artifact.create.mutate({ key, type, data })).id);
  return ids;
}

const BEFORE = [
  { city: "Oslo", people: 700 },
  { city: "Bergen", people: 290 },
  { city: "Moss", people: 50 },
];
const NOW = [
  { city: "Bergen", people: 291 },
  { city: "Oslo", people: 710 },
  { city: "Bodø", people: 53 },
];
const svg = (colour: string) =>
  `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" fill="${colour}"/></svg>`)}`;

test("d compares a version with the previous one, a table by row", async ({ vitrine, key, page }) => {
  const [, now = ""] = await published(vitrine, key, "table", BEFORE, NOW);
  await new ArtifactPage(page).goto(now);
  await page.keyboard.press("d");
  const compare = await new ComparePage(page).hasSummary("1 row added, 1 removed, 2 cells changed");
  await expect(page.getByRole("heading", { level: 1, name: "Compare v1 with v2" })).toBeVisible();
  await expect(compare.rows).toHaveCount(4);
  // The largest step first, then what came, then what went.
  for (const [at, text] of ["~ChangedOslo", "~ChangedBergen", "+AddedBodø", "−RemovedMoss"].entries()) {
    await expect(compare.rows.nth(at)).toContainText(text);
  }
  await compare.rowMatch.selectOption("Match rows by position");
  await compare.hasSummary("cells changed");
  await expect(page).toHaveURL(/match=order/);
  await compare.mode.selectOption("By line");
  await compare.hasSummary("lines");
});

test("n and p move from change to change, and unchanged lines are folded", async ({ vitrine, key, page }) => {
  const lines = Array.from({ length: 60 }, (_, at) => `line ${at}`);
  const changed = lines.with(5, "line 5 is new").with(50, "line 50 is new");
  const [, now = ""] = await published(vitrine, key, "markdown", lines.join("\n"), changed.join("\n"));
  const compare = await (await new ComparePage(page).goto(now)).hasSummary("2 lines changed");
  await expect(compare.data.getByText("line 30", { exact: true })).toHaveCount(0);
  await page.keyboard.press("n");
  await expect(page.locator(":focus")).toContainText("line 5");
  await page.keyboard.press("n");
  await expect(page.locator(":focus")).toContainText("line 50");
  await page.keyboard.press("p");
  await expect(page.locator(":focus")).toContainText("line 5");
  await compare.data.getByRole("button", { name: "38 unchanged lines" }).click();
  await expect(compare.data.getByText("line 30", { exact: true })).toBeVisible();
});

test("any two versions can be compared, from the history and of two keys", async ({ vitrine, key, page }) => {
  await published(vitrine, key, "progress", 10, 20, 75);
  await published(vitrine, `${key}-other`, "progress", 99);
  await new KeyPage(page).gotoKey(key);
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("dialog", { name: "Compare v3 with" }).getByRole("link", { name: /^v1/ }).click();
  const compare = await new ComparePage(page).hasSummary("+65");
  await compare.version("From").fill("2");
  await compare.version("From").press("Enter");
  await compare.hasSummary("+55");
  await page.getByRole("link", { name: "Swap sides" }).click();
  await compare.hasSummary("−55");
  await compare.key("To").fill(`${key}-other`);
  await compare.key("To").press("Enter");
  await compare.hasSummary("+24");
});

test("JSON is compared by path, images side by side and by slider", async ({ vitrine, key, page }) => {
  const [, json = ""] = await published(vitrine, key, "json", { a: { b: 1 }, removed: 0 }, { a: { b: 2 }, come: [] });
  const compare = await (await new ComparePage(page).goto(json)).hasSummary("1 value added, 1 removed, 1 changed");
  await expect(compare.data.getByRole("listitem").filter({ hasText: "a.b" })).toContainText("from − 1to + 2");
  const [, image = ""] = await published(vitrine, `${key}-image`, "image", svg("teal"), svg("crimson"));
  await (await compare.goto(image)).hasSummary("Image changed");
  await expect(compare.data.getByRole("img")).toHaveCount(2);
  await compare.data.getByRole("button", { name: "Slider" }).click();
  await compare.data.getByRole("slider").fill("80");
  await expect(compare.data.getByRole("slider")).toHaveValue("80");
});

test("numbers are compared with all their digits, else by their spelling", async ({ product, vitrine, key, page }) => {
  const texts = [
    '{"id": 9007199254740993, "n": 1.0}',
    '{"id":9007199254740992,\n"n":1.0}',
    '{"id":9007199254740992,"n":1}',
  ];
  for (const data of texts) {
    await fetch(`${product.url}/api/trpc/artifact.create`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"key": "${key}", "type": "json", "data": ${data}}`,
    });
  }
  const { id, older } = await vitrine.collection.latest.query({ key });
  const compare = await (await new ComparePage(page).goto(older ?? "")).hasSummary("1 value changed");
  await expect(compare.data).toContainText("9007199254740993");
  await expect(compare.data).not.toContainText('"');
  await (await compare.goto(id)).hasSummary("1 line changed");
  await expect(compare.data).toContainText("1.0");
});

test("description and metadata are compared too, and what cannot be compared has a reason", async ({
  vitrine,
  key,
  page,
}) => {
  const first = await vitrine.artifact.create.mutate({ key, data: 1, description: "Old words" });
  const second = await vitrine.artifact.create.mutate({ key, data: 1, description: "New words", metadata: { a: 1 } });
  const compare = await (await new ComparePage(page).goto(second.id)).hasSummary("No differences");
  await expect(compare.summary).toContainText("Description changed · Metadata changed");
  await compare.goto(first.id);
  await expect(page.getByRole("heading", { name: "No previous version" })).toBeVisible();
  await compare.goto(second.id, "0199b3c8-0000-7000-8000-000000000000");
  await expect(page.getByRole("heading", { name: "One of these versions no longer exists" })).toBeVisible();
});

test("axe finds nothing on a comparison", async ({ vitrine, key, page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const kinds: [string, Data, Data][] = [
    ["table", BEFORE, NOW.map((row) => ({ ...row, country: "NO" }))],
    ["markdown", "# One\n\ntwo three", "# One\n\ntwo four\nfive"],
    ["json", { a: 1, b: [1, 2] }, { a: "1", b: [2] }],
    ["image", svg("teal"), svg("crimson")],
    ["progress", 1, 2],
  ];
  const compare = new ComparePage(page);
  for (const [type, before, now] of kinds) {
    const [, id = ""] = await published(vitrine, `${key}-${type}`, type, before, now);
    await compare.goto(id);
    await expect(compare.data).toBeVisible();
    expect.soft(await axeViolations(page), type).toEqual([]);
  }
});
