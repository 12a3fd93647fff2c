import { expect, OWN_CONTEXT, test } from "#test/browser/fixtures";
import { ArtifactPage } from "./pages/artifact-page";

const DOT =
  "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI4IiBoZWlnaHQ9IjgiPjxjaXJjbGUgY3g9IjQiIGN5PSI0IiByPSI0Ii8+PC9zdmc+";

test("a table has columns, rows and right-aligned numbers", async ({ vitrine, key, page }) => {
  const data = [
    { city: "Oslo", people: 709037, note: null },
    { city: "Bergen", people: 291940, note: "wet" },
  ];
  const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByRole("columnheader", { name: "city" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "note" })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Bergen" })).toContainText("wet");
  const number = page.getByRole("cell", { name: /709.?037/ });
  await expect(number).toHaveCSS("text-align", "right");
});

test("markdown is rendered with the HTML in it, without scripts", async ({ vitrine, key, page }) => {
  const data = `# Title

| a | b |
|---|---|
| x<br>y | 2 |

<details><summary>More</summary>

Press <kbd>Ctrl</kbd> for H<sub>2</sub>O :rocket:

</details>

> [!WARNING]
> Take care

[to the title](#title)

<script>document.title = 'owned'</script>`;
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByRole("heading", { name: "Title" })).toBeVisible();
  const cell = page.getByRole("cell", { name: "x" });
  await expect(cell).toHaveText("x\ny", { useInnerText: true });
  const hidden = page.getByText("H2O 🚀");
  await expect(hidden).toBeHidden();
  await page.getByText("More", { exact: true }).click();
  await expect(hidden).toBeVisible();
  await expect(page.locator(".alert")).toHaveText(/Warning\s*Take care/);
  await page.getByRole("link", { name: "to the title" }).click();
  await expect(page.locator(":target")).toHaveText("Title");
  await expect(page).not.toHaveTitle("owned");
});

test("a long document has all of its sections", async ({ vitrine, key, page }) => {
  const section = (at: number) => `## Section ${at}\n\nwords\n\n\`\`\`js\nconst a = ${at};\n\nconst b = a;\n\`\`\`\n\n`;
  const sections = Array.from({ length: 500 }, (_, at) => section(at)).join("");
  const data = `# Guide\n\n\`\`\`x\`\`.run()\`\`\` is inline code.\n\n${sections}`;
  expect(data.length).toBeGreaterThan(30_000);
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  await new ArtifactPage(page).goto(id);
  await expect(page.locator(".prose h3")).toHaveCount(500);
  await expect(page.locator(".prose pre")).toHaveCount(500);
  await expect(page.locator(".prose p")).toHaveCount(501);
});

test("a link has no referrer", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({
    key,
    type: "link",
    data: { url: "https://example.org/report", text: "The report" },
  });
  await new ArtifactPage(page).goto(id);
  const link = page.getByRole("link", { name: /The report/ });
  await expect(link).toHaveAttribute("href", "https://example.org/report");
  await expect(link).toHaveAttribute("rel", /noopener/);
});

test("an image is shown with its alternative text", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({
    key,
    type: "image",
    data: DOT,
    metadata: { alt: "A black dot" },
  });
  await new ArtifactPage(page).goto(id);
  const image = page.getByRole("img", { name: "A black dot" });
  await expect(image).toHaveJSProperty("complete", true);
  await expect(image).not.toHaveJSProperty("naturalWidth", 0);
});

test("an image zooms, and a broken one has a message", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "image", data: DOT });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByText("8 × 8")).toBeVisible();
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByRole("button", { name: "Zoom in" }).click();
  const image = page.getByRole("img", { name: key });
  await expect(image).toHaveCSS("width", "16px");
  await page.getByRole("button", { name: "1:1" }).click();
  await expect(image).toHaveCSS("width", "8px");
  const broken = await vitrine.artifact.create.mutate({ key, type: "image", data: "data:image/png;base64,AAAA" });
  await new ArtifactPage(page).goto(broken.id);
  await expect(page.getByText("This image could not be loaded")).toBeVisible();
});

test("an image too large to embed is loaded as a file", async ({ vitrine, key, page }) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><!--${"x".repeat(300_000)}--></svg>`;
  const data = `data:image/svg+xml;base64,${btoa(svg)}`;
  const { id } = await vitrine.artifact.create.mutate({ key, type: "image", data });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByText("30 × 20")).toBeVisible();
});

test("progress without updates is stalled", { tag: OWN_CONTEXT }, async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 20 });
  await page.clock.install();
  await new ArtifactPage(page).goto(id);
  await expect(page.getByText(/^Updated/)).toBeVisible();
  await page.clock.fastForward("01:00:00");
  await expect(page.getByText(/^Stalled/)).toBeVisible();
});

test("an address in metadata is a link, of http and https alone", async ({ vitrine, key, page }) => {
  const metadata = {
    build: "https://example.org/build/7",
    script: "[Run](javascript:alert(1))",
    text: "see https://example.org",
  };
  const { id } = await vitrine.artifact.create.mutate({ key, data: 1, metadata });
  await new ArtifactPage(page).goto(id);
  const links = page.getByRole("region", { name: "Metadata" }).getByRole("link");
  await expect(links).toHaveCount(1);
  await expect(links).toHaveAttribute("href", "https://example.org/build/7");
});

test("ages follow the server's clock where the browser's is wrong", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 20 });
  await page.addInitScript(() => {
    const { now } = Date;
    Date.now = () => now() + 3 * 3_600_000;
  });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByText(/^Updated/)).toHaveText(/^Updated (?:just now|\d+ s ago)$/);
});

test("an opened cell gives the focus back, and wraps between words", async ({ vitrine, key, page }) => {
  const words = "the quick brown fox jumps over it ".repeat(40);
  const { id } = await vitrine.artifact.create.mutate({ key, type: "table", data: [{ words }] });
  await page.setViewportSize({ width: 390, height: 844 });
  await new ArtifactPage(page).goto(id);
  const cell = page.getByRole("cell").getByRole("button");
  await cell.click();
  const box = page.getByRole("region", { name: "Row 1, words" });
  await expect(box.locator("pre")).toHaveCSS("word-break", "normal");
  await box.press("Escape");
  await expect(cell).toBeFocused();
});

test("text has the colours of a terminal", async ({ vitrine, key, page }) => {
  const text = "plain \u001b[1;31mred\u001b[0m \u001b]0;title\u0007\u001b[2Kafter";
  const { id } = await vitrine.artifact.create.mutate({ key, type: "json", data: text });
  await new ArtifactPage(page).goto(id);
  await expect(page.locator("pre")).toHaveText("plain red after");
  await expect(page.locator("pre .ansi-red.ansi-bold")).toHaveText("red");
  const long = await vitrine.artifact.create.mutate({ key, type: "json", data: `${text}\n`.repeat(3000) });
  await new ArtifactPage(page).goto(long.id);
  await expect(page.locator('[data-row="first"]').first()).toHaveText("plain red after");
});

test("what is empty or cannot be shown has a sentence", async ({ vitrine, key, page }) => {
  for (const [type, data, sentence] of [
    ["markdown", "", "This version has no content"],
    ["link", " ", "This version has no content"],
    ["json", "", "This version has no content"],
    ["table", [{}], "No columns: every row is empty"],
    ["image", "s3://bucket/plot.png", "a browser can't open s3: addresses"],
  ] as const) {
    const { id } = await vitrine.artifact.create.mutate({ key, type, data: JSON.parse(JSON.stringify(data)) });
    await new ArtifactPage(page).goto(id);
    await expect(page.getByRole("main").getByText(sentence)).toBeVisible();
  }
});

test("a long description is folded, and a URL in the metadata is a link", async ({ vitrine, key, page }) => {
  const description = `${"words *and* more ".repeat(3500)}\n\nthe end`;
  const metadata = { run: "https://ci.example.org/runs/7", note: "see https://example.org" };
  const { id } = await vitrine.artifact.create.mutate({
    key,
    type: "json",
    data: { found: true },
    description,
    metadata,
  });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByRole("link", { name: "https://ci.example.org/runs/7" })).toHaveAttribute("rel", /noreferrer/);
  await expect(page.getByRole("link", { name: "https://example.org" })).toHaveCount(0);
  const data = page.getByRole("tree");
  await expect(data).toBeInViewport();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(data).not.toBeInViewport();
  await page.getByRole("button", { name: "Show less" }).click();
  await expect(data).toBeInViewport();
});

test("progress is updated live", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 20 });
  await new ArtifactPage(page).goto(id);
  const bar = page.getByRole("progressbar");
  await expect(bar).toHaveAttribute("aria-valuenow", "20");
  await vitrine.artifact.update.mutate({ id, data: 75 });
  await expect(bar).toHaveAttribute("aria-valuenow", "75");
});

test("the raw data is the published text, character for character", async ({ product, page, request, key }) => {
  const text = '{ "big": 12345678901234567890, "one": 1.0 }';
  const response = await request.post(`${product.url}/api/trpc/artifact.create`, {
    headers: { "content-type": "application/json" },
    data: Buffer.from(`{"key":"${key}","data":${text}}`),
  });
  const { id } = (await response.json()).result.data;
  const raw = await (await new ArtifactPage(page).goto(id)).raw();
  await expect(raw).toHaveText(text);
  expect(await (await request.get(`${product.url}/api/artifacts/${id}/data`)).text()).toBe(text);
});

test("data that does not fit its type is shown as JSON with a notice", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: { share: "half" } });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByRole("main")).toContainText("half");
  await expect(page.getByText("This isn't valid progress data, so it's shown as JSON.")).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
});
