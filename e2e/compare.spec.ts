import type { Vitrine } from "#client/connect";
import { axeViolations } from "#test/browser/axe";
import { expect, OWN_CONTEXT, test } from "#test/browser/fixtures";
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
  await expect(page.getByRole("heading", { level: 1, name: /^v1 → v2 · .* apart$/ })).toBeVisible();
  const rowsAre = (...texts: string[]) => expect(compare.rows).toContainText(texts);
  await rowsAre("~ChangedBergen", "−RemovedMoss", "~ChangedOslo", "+AddedBodø");
  await compare.choose("Row order", "Largest change first");
  await rowsAre("~ChangedOslo", "~ChangedBergen", "+AddedBodø", "−RemovedMoss");
  await compare.choose("Same number if within", "1 %");
  await compare.hasSummary("1 row added, 1 removed, 1 cell changed");
  await expect(page).toHaveURL(/tolerance=1%25/);
  await compare.choose("Match rows by", "Position");
  await compare.hasSummary("cells changed");
  await expect(page).toHaveURL(/match=order/);
  await compare.choose("Compare by", "Line");
  await compare.hasSummary("lines");
});

test("a change of type, a renamed column and other rows are said in words", async ({ vitrine, key, page }) => {
  const numbers = Array.from({ length: 30 }, (_, at) => at);
  const before = numbers.map((id) => ({ id, score: id % 7, day: `d${id}` }));
  const now = numbers.map((id) => ({ id: `${id}`, points: id % 7, day: `d${id}` }));
  const others = numbers.map((id) => ({ id: `new ${id}`, points: (id % 7) + 3 }));
  const ids = await published(vitrine, key, "table", before, now, others);
  const compare = await new ComparePage(page).goto(ids[1] ?? "");
  await compare.hasSummary("1 column added, 1 removed, 1 column changed type");
  await expect(compare.data).toContainText('id: number → text in all 30 rows, as 0 → "0"');
  await compare.data.getByRole("button", { name: "Compare as renamed" }).click();
  await compare.hasSummary("1 column renamed, 1 column changed type");
  await page.keyboard.press("]");
  await compare.hasSummary("Different rows: 30 removed, 30 added, 1 column removed");
  const points = compare.data.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "points" }) });
  await expect(points).toContainText("0 → 3");
  await compare.data.getByRole("button", { name: "Show 60 rows" }).click();
  await expect(compare.rows.filter({ hasText: "new 29" })).toHaveCount(1);
  await page.keyboard.press("[");
  await compare.hasSummary("1 column changed type");
});

test("markdown is compared as it is read", async ({ vitrine, key, page }) => {
  const spring = "# Report\n\nSales were **good** in spring.\n\n- north\n- south";
  const [, now = ""] = await published(
    vitrine,
    key,
    "markdown",
    spring,
    spring.replace("good", "bad").concat("\n- west"),
  );
  const compare = await (await new ComparePage(page).goto(now)).hasSummary("1 line added, 1 changed");
  await page.getByRole("button", { name: "Rendered" }).click();
  await expect(page).toHaveURL(/show=rendered/);
  await expect(compare.data.getByRole("heading", { name: "Report" })).toBeVisible();
  await expect(compare.data.getByRole("deletion")).toHaveText("good");
  await expect(compare.data.getByRole("insertion")).toHaveText("bad");
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  await expect(page.locator(":focus")).toHaveText("west");
  expect(await axeViolations(page)).toEqual([]);
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
  // Where the numbers of lines are hidden, the text has their room.
  await page.setViewportSize({ width: 390, height: 800 });
  const text = compare.data.getByRole("cell", { name: "line 5 is new" });
  await expect.poll(async () => (await text.boundingBox())?.width).toBeGreaterThan(300);
  await compare.data.getByRole("button", { name: "38 unchanged lines" }).click();
  await expect(compare.data.getByText("line 30", { exact: true })).toBeVisible();
});

test("text is compared side by side on a wide screen", async ({ vitrine, key, page }) => {
  const lines = Array.from({ length: 170 }, (_, at) => `line ${at} is as it was`);
  const [, now = ""] = await published(
    vitrine,
    key,
    "text",
    lines.join("\n"),
    lines
      .map((line, at) => (at < 160 ? line.replace("as it was", "new") : line))
      .join("\n")
      .concat("\nlast"),
  );
  const compare = await (await new ComparePage(page).goto(now)).hasSummary("1 line added, 160 changed");
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect(page).toHaveURL(/show=split/);
  const first = compare.data.getByRole("row").filter({ hasText: "line 0 is" });
  await expect(first.getByRole("cell")).toHaveText([
    "1",
    "−Removed",
    "line 0 is as it was",
    "1",
    "+Added",
    "line 0 is new",
  ]);
  await expect(first.getByRole("deletion")).toHaveText("as it was");
  await expect(first.getByRole("insertion")).toHaveText("new");
  await expect(compare.data.getByRole("row").filter({ hasText: "line 155 is" })).toHaveCount(0);
  await compare.data.getByRole("button", { name: "Show 11 more" }).click();
  await expect(compare.data.getByRole("row").filter({ hasText: "last" }).getByRole("cell")).toHaveText([
    "",
    "171",
    "+Added",
    "last",
  ]);
  await page.keyboard.press("n");
  await expect(page.locator(":focus")).toContainText("line 0 is");
  await page.setViewportSize({ width: 800, height: 800 });
  await expect(first).toHaveCount(2);
  await expect(page.getByRole("button", { name: "Side by side" })).toBeHidden();
});

test("any two versions can be compared, from the history and of two keys", async ({ vitrine, key, page }) => {
  await published(vitrine, key, "progress", 10, 20, 75);
  await published(vitrine, `${key}-other`, "progress", 99);
  await new KeyPage(page).gotoKey(key);
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("dialog", { name: "Compare v3 with" }).getByRole("link", { name: /^v1/ }).click();
  const compare = await new ComparePage(page).hasSummary("+65");
  await compare.pick("From", "version", "2");
  await compare.hasSummary("+55");
  await page.getByRole("link", { name: "Swap sides" }).click();
  await compare.hasSummary("−55");
  await compare.pick("To", "key", `${key}-other`);
  await compare.hasSummary("+24");
});

test("JSON is compared by path, images side by side, overlaid and by colour", async ({ vitrine, key, page }) => {
  const [, json = ""] = await published(vitrine, key, "json", { a: { b: 1 }, removed: 0 }, { a: { b: 2 }, come: [] });
  const compare = await (await new ComparePage(page).goto(json)).hasSummary("1 value added, 1 removed, 1 changed");
  await expect(compare.data.getByRole("listitem").filter({ hasText: "a.b" })).toContainText("from − 1to + 2");
  const [, image = ""] = await published(vitrine, `${key}-image`, "image", svg("teal"), svg("crimson"));
  await (await compare.goto(image)).hasSummary("Image changed");
  await expect(compare.data.getByRole("img")).toHaveCount(2);
  await compare.data.getByRole("button", { name: "Slider" }).click();
  await compare.data.getByRole("slider").fill("80");
  await expect(compare.data.getByRole("slider")).toHaveValue("80");
  await compare.data.getByRole("button", { name: "Fade" }).click();
  await expect(compare.data.getByRole("slider", { name: "Opacity of the newer image, in per cent" })).toBeVisible();
  await compare.data.getByRole("button", { name: "Difference" }).click();
  await expect(compare.data.getByText("Black where both images are the same")).toBeVisible();
  await expect(compare.data.getByRole("img")).toHaveCount(2);
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

test("loading is tried again, and says why in the server's words", async ({ vitrine, key, page }) => {
  const [, now = ""] = await published(vitrine, key, "table", BEFORE, NOW);
  const failures = [JSON.stringify({ error: { message: "The query took too long." } }), "Bad gateway"];
  await page.context().route(/\/api\/artifacts\/.*\/data/, (route) => {
    const body = failures.shift();
    return body === undefined ? route.continue() : route.fulfill({ status: 502, body });
  });
  const compare = await new ComparePage(page).goto(now);
  await expect(page.getByText(/^The (query took too long|server could not answer).* Trying again…$/)).toBeVisible();
  await compare.hasSummary("1 row added, 1 removed, 2 cells changed");
});

test("a comparison whose data stops coming ends after 30 seconds, and can be tried again", {
  tag: OWN_CONTEXT,
}, async ({ vitrine, key, page }) => {
  await vitrine.markdown(key, "a");
  const { id } = await vitrine.markdown(key, "b");
  const data = /\/api\/artifacts\/.*\/data/;
  let stalls = true;
  await page.context().route(data, (route) => (stalls ? undefined : route.continue()));
  await page.clock.install();
  const requested = page.context().waitForEvent("request", (request) => data.test(request.url()));
  const compare = await new ComparePage(page).goto(id);
  await requested;
  await page.clock.fastForward(15_000);
  await compare.hasSummary("Loading");
  await page.clock.fastForward(15_500);
  await expect(page.getByText("The comparison took longer than 30 s.")).toBeVisible();
  stalls = false;
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(compare.summary).toContainText("1 line");
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
