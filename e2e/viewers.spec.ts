import type { Page } from "@playwright/test";
import type { Json } from "#contract/json";
import { expect, test } from "#test/browser/fixtures";
import { ArtifactPage } from "./pages/artifact-page";

const open = async (page: Page, { id }: { id: string }) => new ArtifactPage(page).goto(id);

test("markdown has formulas and diagrams, and shows what can't be drawn as its source", async ({
  vitrine,
  key,
  page,
}) => {
  const data = `# Energy

Here $E = mc^2$ costs $5 or $10, and $$\\int_0^1 x\\,dx = \\frac12$$ is a line.

$$
a
= b
+ c
$$

\`\`\`math
\\href{javascript:alert(1)}{x}
\`\`\`

\`\`\`mermaid
graph TD
  A["Start <b>now</b>"] -->|"yes"| B(End)
  click A "javascript:alert(1)"
\`\`\`

\`\`\`mermaid
graph TD
  A --
\`\`\`
`;
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).host));
  await open(page, await vitrine.artifact.create.mutate({ key, type: "markdown", data }));
  await expect(page.locator(".katex math")).toHaveCount(4);
  await expect(page.locator(".prose p").first()).toContainText("costs $5 or $10, and");
  await expect(page.locator(".prose a")).toHaveCount(0);
  const diagram = page.getByRole("img", { name: /^Diagram/ });
  await expect(diagram).toHaveCount(1);
  await expect(diagram).toHaveJSProperty("complete", true);
  await expect(diagram).not.toHaveJSProperty("naturalWidth", 0);
  await expect(page.getByText("This diagram can't be drawn")).toBeVisible();
  await page.getByRole("button", { name: "Source", exact: true }).click();
  await expect(page.getByRole("region", { name: "Source of a diagram" })).toHaveCount(2);
  expect(new Set(requests).size).toBe(1);
});

test("a chart is drawn in a frame that loads nothing from elsewhere", async ({ vitrine, key, page }) => {
  const data = {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    data: { values: [1, 2, 3].map((at) => ({ city: `City ${at}`, people: at * 1000 })) },
    transform: [{ calculate: "datum.people * 2", as: "twice" }],
    mark: "bar",
    encoding: { x: { field: "twice", type: "quantitative" }, y: { field: "city", type: "nominal" } },
  };
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).host));
  await open(page, await vitrine.artifact.create.mutate({ key, data }));
  const frame = page.frameLocator("iframe[title=Chart]");
  await expect(frame.locator("svg .mark-rect path")).toHaveCount(3);
  await expect(frame.getByText("City 2")).toBeVisible();
  const remote = { ...data, data: { url: "https://example.org/a.json" } };
  await open(page, await vitrine.artifact.create.mutate({ key, data: remote }));
  await expect(page.getByText("https://example.org/a.json")).toBeVisible();
  expect(new Set(requests).size).toBe(1);
});

test("a chart that failed is drawn once its data is corrected, without options of its own", async ({
  vitrine,
  key,
  page,
}) => {
  const $schema = "https://vega.github.io/schema/vega-lite/v6.json";
  const { id } = await vitrine.artifact.create.mutate({ key, data: { $schema, mark: "none" } });
  await open(page, { id });
  await expect(page.getByText("This chart can't be drawn")).toBeVisible();
  const data = { $schema, data: { values: [1, 2] }, mark: "bar", encoding: { x: { field: "data", type: "nominal" } } };
  const usermeta = { embedOptions: { renderer: "canvas" } };
  await vitrine.artifact.update.mutate({ id, data: { ...data, usermeta } });
  await expect(page.frameLocator("iframe[title=Chart]").locator("svg .mark-rect path")).toHaveCount(2);
});

test("a diagram that is not shown any more holds up no other", async ({ vitrine, key, page }) => {
  let isBlocked = true;
  await page.route("**/frames/mermaid", (route) => (isBlocked ? undefined : route.continue()));
  const { id } = await vitrine.artifact.create.mutate({ key, type: "mermaid", data: "graph TD\n  A --> B\n" });
  const requested = page.waitForRequest("**/frames/mermaid");
  await open(page, { id });
  await requested;
  isBlocked = false;
  await vitrine.artifact.update.mutate({ id, data: "graph TD\n  accTitle: Next\n  B --> C\n" });
  await expect(page.getByRole("img", { name: "Diagram: Next" })).toBeVisible();
});

test("a log has its colours and line numbers, and follows what is added", async ({ vitrine, key, page }) => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, at) => (at % 5 === 0 ? `\u001b[31mERROR\u001b[0m ${at}` : `INFO ${at}`)).join(
      "\n",
    );
  const version = await vitrine.artifact.create.mutate({ key, type: "log", data: lines(2000) });
  await open(page, version);
  const log = page.getByRole("region", { name: "Log" });
  await expect(log.locator(".ansi-red").first()).toHaveText("ERROR");
  await expect(log.getByText("INFO 1", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Follow" }).click();
  await expect(log.getByText("INFO 1999", { exact: true })).toBeVisible();
  await vitrine.artifact.update.mutate({ id: version.id, data: lines(2500) });
  await expect(log.getByText("INFO 2499", { exact: true })).toBeVisible();
});

test("code is highlighted, and the ending of a key says its language", async ({ vitrine, key, page }) => {
  const data = `# settings\nserver:\n  port: 4400\n  name: "a"\n${"x: 1\n".repeat(3000)}`;
  await open(page, await vitrine.artifact.create.mutate({ key: `${key}.yaml`, data }));
  const code = page.getByRole("region", { name: "Code" });
  await expect(code.locator(".hljs-comment")).toHaveText("# settings");
  await expect(page.getByText("· yaml")).toBeVisible();
  await expect(code.locator("[data-row]").first()).toHaveText("# settings");
});

test("lists of objects and lines of JSON are tables", async ({ vitrine, key, page }) => {
  const rows = [
    { city: "Oslo", people: 709037 },
    { city: "Bergen", people: 291940 },
  ];
  await open(page, await vitrine.artifact.create.mutate({ key, type: "json", data: rows }));
  await expect(page.getByRole("tree")).toBeVisible();
  await page.getByRole("button", { name: "Table" }).click();
  await expect(page.getByRole("columnheader", { name: "city" })).toBeVisible();
  const data = rows.map((row) => JSON.stringify(row)).join("\n");
  await open(page, await vitrine.artifact.create.mutate({ key, type: "jsonl", data }));
  await expect(page.getByRole("row").filter({ hasText: "Bergen" })).toBeVisible();
  await open(page, await vitrine.artifact.create.mutate({ key, type: "jsonl", data: `${data}\n{"city":` }));
  await expect(page.getByText("Line 3 isn't JSON")).toBeVisible();
});

test("GeoJSON is a map, whose features say what they are", async ({ vitrine, key, page }) => {
  const data: Json = {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: { name: "Oslo" }, geometry: { type: "Point", coordinates: [10.75, 59.91] } },
      {
        type: "Feature",
        properties: { name: "Box" },
        geometry: {
          type: "Polygon",
          coordinates: [
            [
              [5, 58],
              [5, 62],
              [12, 62],
              [12, 58],
              [5, 58],
            ],
          ],
        },
      },
      { type: "Feature", properties: { name: "None" }, geometry: { type: "Point", coordinates: ["a"] } },
    ],
  };
  await open(page, await vitrine.artifact.create.mutate({ key, data }));
  const map = page.getByRole("img", { name: "Map of 2 features" });
  await expect(map.locator("path").filter({ has: page.locator("title") })).toHaveCount(2);
  await expect(page.getByText("1 without valid coordinates")).toBeVisible();
  await map.locator("path").filter({ hasText: "Oslo" }).dispatchEvent("pointerdown");
  await expect(page.getByRole("definition")).toContainText(["Oslo"]);
  const ring = { type: "Polygon", coordinates: [[[5, 58]]] };
  await open(page, await vitrine.artifact.create.mutate({ key, type: "geojson", data: ring }));
  await expect(page.getByRole("tree")).toBeVisible();
});

test("a report has parts of several types, each table with a state of its own", async ({ vitrine, key, page }) => {
  const table = (name: string) => ({ type: "table", title: name, data: [{ n: 2 }, { n: 1 }] });
  const data = ["# Report", table("First"), table("Second"), { type: "progress", data: 40 }, 5];
  await open(page, await vitrine.artifact.create.mutate({ key, type: "report", data }));
  await expect(page.locator(".prose")).toHaveText("Report");
  await expect(page.getByRole("progressbar")).toBeVisible();
  const first = page.getByRole("region", { name: "First" });
  await first.getByRole("button", { name: /^n/ }).first().click();
  await expect(first.getByRole("cell").first()).toHaveText("1");
  await expect(page.getByRole("region", { name: "Second" }).getByRole("cell").first()).toHaveText("2");
});

test("reports of tests and coverage say what failed and what is not covered", async ({ vitrine, key, page }) => {
  const junit = `<?xml version="1.0"?><testsuites time="1.5"><testsuite name="math">
    <testcase classname="math" name="adds" time="0.5"/>
    <testcase classname="math" name="divides" time="1"><failure message="expected 2 &lt; 1">at line 3
    <testcase name="printed"/></failure></testcase>
    <testcase name="waits"><skipped/></testcase></testsuite></testsuites>`;
  await open(page, await vitrine.artifact.create.mutate({ key, type: "junit", data: junit }));
  await expect(page.getByText("1 failed")).toBeVisible();
  await expect(page.getByText("1 of 3 tests passed, 1 skipped, 1.5 s")).toBeVisible();
  const failures = page.getByRole("region", { name: "Failed tests" });
  await expect(failures).toContainText("expected 2 < 1");
  await expect(failures).toContainText("at line 3");
  await open(page, await vitrine.artifact.create.mutate({ key, type: "junit", data: "<html/>" }));
  await expect(page.getByText("This isn't a report in JUnit's XML")).toBeVisible();
  const lcov = "SF:src/a.ts\nDA:1,1\nDA:2,0\nDA:3,0\nend_of_record\n";
  await open(page, await vitrine.artifact.create.mutate({ key, type: "lcov", data: lcov }));
  await expect(page.getByText("33.3 %")).toBeVisible();
  await expect(page.getByRole("cell", { name: "2-3" })).toBeVisible();
  const cobertura = `<?xml version="1.0"?><coverage><packages><package><classes><class filename="b.py"><methods/><lines>
    <line number="1" hits="1"/><line number="2" hits="0"/><line number="4" hits="1" condition-coverage="50% (1/2)"/>
    </lines></class></classes></package></packages></coverage>`;
  await open(page, await vitrine.artifact.create.mutate({ key, type: "cobertura", data: cobertura }));
  await expect(page.getByText("66.7 %")).toBeVisible();
  await expect(page.getByText("1 of 2", { exact: true })).toBeVisible();
});

test("results of analyses and scores of audits are listed", async ({ vitrine, key, page }) => {
  const driver = { name: "ESLint", rules: [{ id: "no-eval", defaultConfiguration: { level: "error" } }] };
  const results = [{ ruleId: "no-eval", message: { text: "Don't." } }];
  await open(page, await vitrine.json(key, { version: "2.1.0", runs: [{ tool: { driver }, results }] }));
  await expect(page.getByText("1 error")).toBeVisible();
  await expect(page.getByRole("cell", { name: "Don't." })).toBeVisible();
  const performance = { title: "Performance", score: 0.93, auditRefs: [{ id: "lcp" }] };
  const audits = { lcp: { title: "Largest Contentful Paint", score: 0.8, displayValue: "2.1 s" } };
  await open(page, await vitrine.json(key, { lighthouseVersion: "12.0.0", categories: { performance }, audits }));
  await expect(page.getByText("93", { exact: true })).toBeVisible();
  await expect(page.getByRole("cell", { name: "2.1 s" })).toBeVisible();
});
