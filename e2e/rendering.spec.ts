import { expect, test } from "#test/browser/fixtures";
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

test("markdown is rendered, with raw HTML as text and without scripts", async ({ vitrine, key, page }) => {
  const data =
    "# Title\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>document.title = 'owned'</script>\n\n[x](javascript:alert(1))";
  const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByRole("heading", { name: "Title" })).toBeVisible();
  await expect(page.getByRole("cell", { name: "2" })).toBeVisible();
  await expect(page).not.toHaveTitle("owned");
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
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

test("progress without updates is stalled", async ({ vitrine, key, page }) => {
  const { id } = await vitrine.artifact.create.mutate({ key, type: "progress", data: 20 });
  await page.clock.install({ time: Date.now() + 3_600_000 });
  await new ArtifactPage(page).goto(id);
  await expect(page.getByText(/^Stalled/)).toBeVisible();
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
