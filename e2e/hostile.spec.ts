import { expect, test } from "#test/browser/fixtures";
import { MainThread } from "#test/browser/main-thread";
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

// A trace copies the page at every step, which blocks a large one.
test.use({ trace: "off" });

/** What is deep, what is wide and what is long; the others are for the long tests. */
const COMMON = ["open links", "a table of 5,000 columns", "code of 1 MB"];

for (const [name, data] of Object.entries(DOCUMENTS)) {
  const tag = COMMON.includes(name) ? [] : "@long";
  test(`${name} in markdown do not block the page`, { tag }, async ({ page, key, vitrine }) => {
    // The worker gives up after 3 s and 30 s more for a million characters.
    test.setTimeout(120_000);
    const mainThread = await MainThread.observe(page);
    const { id } = await vitrine.artifact.create.mutate({ key, type: "markdown", data });
    for (const _ of mainThread.visits()) {
      await new ArtifactPage(page).goto(id);
      await expect(page.getByText(/^(Rendering|Loading)/)).toHaveCount(0, { timeout: 30_000 });
      await mainThread.record(name, MEASURED);
    }
    mainThread.expectResponsive();
  });
}
