import { expect, test } from "#test/browser/fixtures";
import { MainThread, VISITS } from "#test/browser/main-thread";
import { ArtifactPage } from "./pages/artifact-page";

/** In milliseconds. The longest block of each document, measured on a quiet machine; parsed in the page they took 1 to 13 s. */
const MEASURED = 85;

const DOCUMENTS: Record<string, string> = {
  "5,000 quotes": ">".repeat(5000),
  "500 levels of lists": Array.from({ length: 500 }, (_, level) => `${"  ".repeat(level)}- a`).join("\n"),
  "open emphasis": "*a_ ".repeat(5000),
  "open strikethrough": "~a~~b".repeat(10_000),
  "backtick runs of 600 lengths": Array.from({ length: 600 }, (_, size) => "`".repeat(size + 1)).join(" a "),
  "open links": "[a](".repeat(20_000),
  "2,000 footnotes": Array.from({ length: 2000 }, (_, n) => `[^${n}] a\n\n[^${n}]: b`).join("\n\n"),
  "5,000 definitions": Array.from({ length: 5000 }, (_, n) => `[d${n}]: http://a.b/${n}`).join("\n"),
  "a table of 5,000 columns": `${"|a".repeat(5000)}|\n${"|-".repeat(5000)}|\n|b|`,
  "a table of 100,000 columns": `${"|a".repeat(100_000)}|\n${"|-".repeat(100_000)}|`,
  "ragged tables": "|a|b|\n|-|\n|`x|y`|z|w|\n\n|a|b|c|\n|-|-|-|\n|1|\n|1|2|3|4|\n|`a|b`|2|",
  "code of 1 MB": `\`\`\`js\n${"const a = [1, 2].map((x) => x * 2);\n".repeat(27_000)}\`\`\``,
};

const SCRIPTS = `<script>document.title = 'owned'</script>

<img src=x onerror="document.title='owned'"> <svg onload="document.title='owned'">

<iframe src="javascript:parent.document.title='owned'"></iframe>

<details open ontoggle="document.title='owned'">

<style>* { display: none }</style>

<meta http-equiv=refresh content="0;url=/trash"><base href="https://example.org">

<form action=x><input><object data=x></object></form>

<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=document.title='owned'&gt;">

[a](javascript:document.title='owned') ![b](javascript:document.title='owned') [c](data:text/html,x)

The end`;

// A trace copies the page at every step, which blocks a large one.
test.use({ trace: "off" });

for (const [name, data] of Object.entries(DOCUMENTS)) {
  test(`${name} in markdown do not block the page`, async ({ page, key, vitrine }) => {
    const mainThread = await MainThread.observe(page);
    const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
    for (let visit = 0; visit < VISITS; visit++) {
      await new ArtifactPage(page).goto(id);
      await expect(page.getByText(/^(Rendering|Loading)/)).toHaveCount(0);
      await mainThread.record(name, MEASURED);
    }
    mainThread.expectResponsive();
  });
}

test("documents that try to run scripts run none", async ({ page, key, vitrine }) => {
  for (const data of [SCRIPTS, `${SCRIPTS}\n\n${"word ".repeat(8000)}`]) {
    const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
    await new ArtifactPage(page).goto(id);
    await expect(page.getByText("The end")).toBeVisible();
    await expect(page).not.toHaveTitle("owned");
    expect(page.url()).toContain(id);
    const main = page.getByRole("main");
    await expect(main.locator("script, iframe, object, form, style, base, details, math")).toHaveCount(0);
    await expect(main.locator('[href^="javascript:"], [src^="javascript:"], [href^="data:"]')).toHaveCount(0);
  }
});
